import { expect, test } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Recipe } from '../../grader/contract.ts';
import { measureModel } from '../../grader/engine/model/measure-model.ts';
import { openSubmission } from '../../grader/formats/open-submission.ts';
import { recipeFindings } from '../../grader/findings/recipe/index.ts';
import {
  defineRecipe,
  input,
  layers,
  losses,
  model,
  sequential,
  type RecipeDescription,
} from '../../grader/index.ts';
import { packageRoot } from '../../grader/package-root.ts';
import { findProblem, problems } from '../../problems/index.ts';
import { normalised } from '../recipe/normalised.ts';
import { runGrader } from '../support/run-grader.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

type Loss = RecipeDescription['compile']['loss'];
type Model = NonNullable<RecipeDescription['model']>;

function hintsOf(id: string, recipe: Recipe): string[] {
  const { definition } = findProblem(id);
  const use = { kind: 'training', batch: recipe.fit.batch_size } as const;
  const measured = measureModel({ model: recipe.model, problem: definition, use });
  return recipeFindings(recipe, measured.model, definition).map(
    ({ message, advice }) => `${message} ${advice}`,
  );
}

function hints(problem: string, described: Model, loss: Loss): string[] {
  const recipe = defineRecipe({
    ...{ model: described, compile: { optimizer: 'adam', loss }, fit: { epochs: 1 } },
  });
  return hintsOf(problem, normalised(JSON.parse(JSON.stringify(recipe))));
}

type Activation = NonNullable<Parameters<typeof layers.dense>[0]['activation']>;

const headlines = (units: number, activation?: Activation) =>
  sequential([
    layers.embedding({ inputDim: 1000, outputDim: 8, inputLength: 120 }),
    layers.globalAveragePooling1d(),
    layers.dense({ units, ...(activation ? { activation } : {}) }),
  ]);

const clothes = (activation?: Activation) =>
  sequential([
    layers.flatten({ inputShape: [28, 28] }),
    layers.dense({ units: 32, activation: 'relu' }),
    layers.dense({ units: 10, ...(activation ? { activation } : {}) }),
  ]);

const cars = (activation?: Activation) =>
  sequential([
    layers.dense({ units: 8, activation: 'relu', inputShape: [9] }),
    layers.dense({ units: 1, ...(activation ? { activation } : {}) }),
  ]);

test.each(problems.map(({ definition }) => definition.id))(
  'the starter and the reference of %s get no hint',
  async (id) => {
    for (const path of [`solutions/${id}.ts`, `problems/${id}/starter.ts`]) {
      const scratch = join(temporaryFolder(), 'scratch');
      const { recipe } = await openSubmission(join(packageRoot, path), { scratch });
      if (!recipe) throw new Error(`${path} is no recipe`);
      expect(hintsOf(id, recipe)).toEqual([]);
    }
  },
);

const logits = { fromLogits: true };

test.each<[string, string, Model, Loss]>([
  ['a sigmoid and binaryCrossentropy', 'sarcasm', headlines(1, 'sigmoid'), 'binaryCrossentropy'],
  ['logits of one output', 'sarcasm', headlines(1), losses.binaryCrossentropy(logits)],
  ['two outputs', 'sarcasm', headlines(2, 'softmax'), 'sparseCategoricalCrossentropy'],
  ['logits', 'fashion-mnist', clothes(), losses.sparseCategoricalCrossentropy(logits)],
  ['a number', 'regression', cars(), 'mse'],
  [
    'a softmax as a layer of its own',
    'fashion-mnist',
    sequential([
      layers.flatten({ inputShape: [28, 28] }),
      layers.dense({ units: 10 }),
      layers.softmax(),
    ]),
    'sparseCategoricalCrossentropy',
  ],
  [
    'a narrow layer before a wide one, and an activation as a layer',
    'regression',
    sequential([
      layers.dense({ units: 4, inputShape: [9] }),
      layers.dense({ units: 32 }),
      layers.batchNormalization(),
      layers.activation({ activation: 'relu' }),
      layers.dense({ units: 1 }),
    ]),
    'mae',
  ],
  [
    'a forecast by a sigmoid, whose series is scaled',
    'sunspots',
    sequential([
      layers.lstm({ units: 4, inputShape: [30, 1] }),
      layers.dense({ units: 1, activation: 'sigmoid' }),
    ]),
    'huber',
  ],
])('%s gets no hint', (_, problem, described, loss) => {
  expect(hints(problem, described, loss)).toEqual([]);
});

const functional = () => {
  const cells = input({ shape: [9] });
  const hidden = layers.dense({ units: 8, name: 'hidden' }).apply(cells);
  const dropped = layers.dropout({ rate: 0.1 }).apply(hidden);
  const outputs = layers.dense({ units: 1, name: 'answer' }).apply(dropped);
  return model({ inputs: cells, outputs });
};

test.each<[string, string, Model, Loss, string]>([
  [
    'a softmax over one output',
    ...(['sarcasm', headlines(1, 'softmax'), 'binaryCrossentropy'] as const),
    'A softmax over one output is always 1',
  ],
  [
    'a softmax over one number',
    ...(['regression', cars('softmax'), 'mse'] as const),
    'A softmax over one output is always 1',
  ],
  [
    'two softmaxes',
    ...([
      'fashion-mnist',
      clothes('softmax'),
      losses.sparseCategoricalCrossentropy(logits),
    ] as const),
    'The last layer has a softmax, and sparseCategoricalCrossentropy with fromLogits: true applies a softmax to',
  ],
  [
    'two sigmoids',
    ...(['sarcasm', headlines(1, 'sigmoid'), losses.binaryCrossentropy(logits)] as const),
    'The last layer has a sigmoid, and binaryCrossentropy with fromLogits: true applies a sigmoid to',
  ],
  [
    'no sigmoid',
    ...(['sarcasm', headlines(1), 'binaryCrossentropy'] as const),
    'binaryCrossentropy takes probabilities, and the last layer has no activation',
  ],
  [
    'no softmax',
    ...(['fashion-mnist', clothes(), 'sparseCategoricalCrossentropy'] as const),
    "Give it activation: 'softmax', or take losses.sparseCategoricalCrossentropy({ fromLogits: true }).",
  ],
  [
    'sigmoids for one of several classes',
    ...(['fashion-mnist', clothes('sigmoid'), 'sparseCategoricalCrossentropy'] as const),
    'takes the probabilities of 10 classes, which sum to 1; a sigmoid takes each by itself',
  ],
  [
    'a tanh for a probability',
    ...(['sarcasm', headlines(1, 'tanh'), 'binaryCrossentropy'] as const),
    'the tanh of the last layer gives none',
  ],
  [
    'logits that a relu has cut',
    ...(['sarcasm', headlines(1, 'relu'), losses.binaryCrossentropy(logits)] as const),
    'the last layer has a relu, which leaves some out',
  ],
  [
    'a loss of one-hot vectors',
    ...(['fashion-mnist', clothes('softmax'), 'categoricalCrossentropy'] as const),
    'are class numbers, 0 to 9, and categoricalCrossentropy takes one-hot vectors',
  ],
  [
    'a loss of yes and no',
    ...(['fashion-mnist', clothes('softmax'), 'binaryCrossentropy'] as const),
    'a target of fashion-mnist is one of 10 classes',
  ],
  [
    'a loss of numbers',
    ...(['fashion-mnist', clothes('softmax'), 'mse'] as const),
    'meanSquaredError is for numbers, and the targets of fashion-mnist are classes',
  ],
  [
    'a loss of classes for one output',
    ...(['sarcasm', headlines(1, 'sigmoid'), 'sparseCategoricalCrossentropy'] as const),
    'takes an output for each class and the model has one',
  ],
  [
    'a relu after a regression',
    ...(['regression', cars('relu'), 'mse'] as const),
    'The relu of the last layer gives no number below 0',
  ],
  [
    'a sigmoid after a regression',
    ...(['regression', cars('sigmoid'), 'mse'] as const),
    'gives numbers from 0 to 1 only, and the targets of regression are not scaled',
  ],
  [
    'layers without an activation',
    ...(['regression', functional(), 'mse'] as const),
    'Between hidden and answer there is no activation',
  ],
])('%s gets a hint', (_, problem, described, loss, words) => {
  expect(hints(problem, described, loss)).toEqual([expect.stringContaining(words)]);
});

test('a recipe that cannot learn is told so before the training, and afterwards what came of it', async () => {
  const cwd = temporaryFolder();
  const text = `import { defineRecipe, layers, sequential } from 'grader';
    export default defineRecipe({
      model: sequential([
        layers.embedding({ inputDim: 1000, outputDim: 4, inputLength: 120 }),
        layers.globalAveragePooling1d(),
        layers.dense({ units: 1, activation: 'softmax' }),
      ]),
      compile: { optimizer: 'adam', loss: 'binaryCrossentropy' },
      fit: { epochs: 1, batchSize: 256 },
    });`;
  const args = ['grade', 'sarcasm', writeText(cwd, text), '--sample', '--out', 'out'];
  const { stdout, stderr } = await runGrader(args, { cwd });
  const hint = 'hint: A softmax over one output is always 1';
  expect(stderr.indexOf(hint)).toBeGreaterThan(-1);
  expect(stderr.indexOf(hint)).toBeLessThan(stderr.indexOf('Epoch 1/1'));
  expect(stdout).toContain(hint);
  expect(stdout).toMatch(
    /^hint: Every held-out row got the same answer, "sarcastic": .* Its accuracy is 0\.5; the best constant answer has 0\.5\. /m,
  );
  const report = readFileSync(join(cwd, 'out/report.html'), 'utf8');
  expect(report).toContain('A softmax over one output is always 1');
  expect(report).not.toContain('sigmoid output');
});

function writeText(folder: string, text: string): string {
  writeFileSync(join(folder, 'sarcasm.ts'), text);
  return 'sarcasm.ts';
}
