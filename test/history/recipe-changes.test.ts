import { expect, test } from '@jest/globals';
import {
  callbacks,
  defineRecipe,
  imageDataGenerator,
  input,
  layers,
  model,
  sequential,
  train,
} from '../../grader/index.ts';
import { normaliseRecipe } from '../../grader/recipe/normalise.ts';
import { recipeChanges } from '../../grader/history/recipe-changes.ts';
import { changeLine, changeView } from '../../grader/report/view/changes.ts';
import { english } from '../../grader/words/en.ts';
import { golden } from '../report/golden.ts';

type Given = Parameters<typeof defineRecipe>[0];

const attempt = (given: Given) => ({
  recipe: normaliseRecipe(defineRecipe(given)).recipe,
  ...{ training: null, evaluation: null },
});

const base: Given = {
  model: sequential([
    layers.conv2d({ filters: 16, kernelSize: 3, activation: 'relu', inputShape: [28, 28, 1] }),
    layers.flatten(),
    layers.dense({ units: 64, activation: 'relu' }),
    layers.dense({ units: 10, activation: 'softmax' }),
  ]),
  compile: { optimizer: train.adam(0.001), loss: 'sparseCategoricalCrossentropy' },
  fit: { epochs: 5, callbacks: [callbacks.earlyStopping({ patience: 3 })] },
};

const lines = (then: Given, now: Given) =>
  recipeChanges(attempt(then), attempt(now))?.map((change) =>
    changeLine(changeView(change, english)),
  );

test('equal recipes have no changes', () => {
  expect(lines(base, base)).toEqual([]);
});

test('layers that are added, removed or changed are told in the spelling of a recipe', () => {
  const changed = sequential([
    layers.conv2d({ filters: 32, kernelSize: 3, activation: 'relu', inputShape: [28, 28, 1] }),
    layers.maxPooling2d({ poolSize: 2 }),
    layers.flatten(),
    layers.dropout({ rate: 0.25 }),
    layers.dense({ units: 10, activation: 'softmax', kernelInitializer: 'heNormal' }),
  ]);
  expect(lines(base, { ...base, model: changed })).toEqual([
    'layer 1, layers.conv2d filters: 16 → 32',
    'layer 2: + layers.maxPooling2d()',
    "layer 3: − layers.dense({ units: 64, activation: 'relu' })",
    'layer 4: + layers.dropout({ rate: 0.25 })',
    'layer 5, layers.dense kernelInitializer: initializers.glorotUniform() → initializers.heNormal()',
  ]);
});

test('settings of the training are told by their calls, defaults where nothing was written', () => {
  const now: Given = {
    ...base,
    compile: {
      optimizer: train.adam({
        learningRate: train.cosineDecay({ initialLearningRate: 0.01, decaySteps: 100 }),
      }),
      loss: 'sparseCategoricalCrossentropy',
      metrics: ['accuracy'],
    },
    fit: { epochs: 20, batchSize: 64, callbacks: [callbacks.keepBest()] },
    augmentation: imageDataGenerator({ rotationRange: 10 }),
  };
  expect(lines(base, now)).toEqual([
    'train.adam learningRate: 0.001 → train.cosineDecay({ initialLearningRate: 0.01, decaySteps: 100 })',
    "compile metrics: [] → ['accuracy']",
    'fit epochs: 5 → 20',
    'fit batchSize: 32 → 64',
    '− callbacks.earlyStopping({ patience: 3 })',
    '+ callbacks.modelCheckpoint({ saveBestOnly: true })',
    'imageDataGenerator rotationRange: + 10',
  ]);
  const sgd = { ...base.compile, optimizer: train.sgd({ learningRate: 0.1, momentum: 0.9 }) };
  expect(lines(base, { ...base, compile: sgd })).toEqual([
    'train: train.adam() → train.sgd({ learningRate: 0.1, momentum: 0.9 })',
  ]);
});

test('a functional model is compared layer by layer as well', () => {
  const functional = (units: number): Given => {
    const x = input({ shape: [4] });
    const a = layers.dense({ units }).apply(x);
    const b = layers.dense({ units: 8 }).apply(x);
    return { ...base, model: model({ inputs: x, outputs: layers.add().apply([a, b]) }) };
  };
  expect(lines(functional(8), functional(8))).toEqual([]);
});

test('models that were handed in trained are compared by their layers, others not at all', () => {
  const file = golden('model-file');
  expect(recipeChanges(file, file)).toEqual([]);
  expect(recipeChanges(golden('sunspots'), file)?.length).toBeGreaterThan(0);
  expect(recipeChanges(golden('invalid'), file)).toBeNull();
});
