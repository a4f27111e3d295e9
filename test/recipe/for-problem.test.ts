import { expect, test } from '@jest/globals';
import { recipeMisfits, recipeRemarks } from '../../grader/recipe/for-problem.ts';
import { normaliseRecipe } from '../../grader/recipe/normalise.ts';
import { findProblem } from '../../problems/index.ts';

const layers = [
  { class_name: 'Embedding', config: { input_dim: 500, output_dim: 2, input_length: 120 } },
  { class_name: 'Flatten', config: {} },
  { class_name: 'Dense', config: { units: 1 } },
];

function recipeWith(parts: object) {
  const model = { class_name: 'Sequential', config: { layers } };
  const compile = { optimizer: 'adam', loss: 'mse' };
  return normaliseRecipe({ model, compile, fit: { epochs: 1 }, ...parts }).recipe;
}

test.each<[string, object, string, readonly string[]]>([
  [
    'a loss of classes for numbers, along no axis',
    {
      compile: {
        optimizer: 'adam',
        loss: { class_name: 'CategoricalCrossentropy', config: { axis: 3 } },
      },
    },
    'regression',
    ['/compile/loss/config/axis loss-axis', '/compile/loss loss-for-classes'],
  ],
  [
    'pictures and classes where there are none',
    { augmentation: { horizontal_flip: true }, fit: { epochs: 1, class_weight: { 0: 1 } } },
    'regression',
    ['/augmentation augmentation-without-images', '/fit/class_weight class-weight-without-classes'],
  ],
  [
    'each class that there is not, and too small an Embedding',
    { fit: { epochs: 1, class_weight: { 1: 1, 2: 1, 7: 2 } }, vocabulary: 501 },
    'sarcasm',
    [
      ...['/fit/class_weight/2 class-weight-unknown', '/fit/class_weight/7 class-weight-unknown'],
      '/model/config/layers/0/config/input_dim embedding-too-small',
    ],
  ],
])('%s: all is told, each with its path', (_, parts, problem, expected) => {
  const misfits = recipeMisfits(recipeWith(parts), findProblem(problem).definition);
  expect(misfits.map(({ path, code }) => `${path} ${code}`)).toEqual(expected);
});

test('a metric that counts classes is remarked where the target is a number, and only there', () => {
  const recipe = recipeWith({
    compile: { optimizer: 'adam', loss: 'mse', metrics: ['accuracy', 'mae', 'auc'] },
  });
  const remarksFor = (id: string) => recipeRemarks(recipe, findProblem(id).definition);
  expect(remarksFor('sarcasm')).toEqual([]);
  expect(remarksFor('sunspots').map((remark) => /has (\w+)/.exec(remark)?.[1])).toEqual([
    ...['accuracy', 'auc'],
  ]);
});

test('more words than a problem has are too many', () => {
  const { definition } = findProblem('sarcasm');
  const few = { ...definition, vocabulary: { default: 100, maximum: 499 } };
  const [misfit] = recipeMisfits(recipeWith({ vocabulary: 500 }), few);
  expect(misfit).toMatchObject({ path: '/vocabulary', code: 'vocabulary' });
});
