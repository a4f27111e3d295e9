import { expect, test } from '@jest/globals';
import {
  callbacks,
  defineRecipe,
  imageDataGenerator,
  input,
  layers,
  losses,
  model,
  sequential,
  train,
} from '../../grader/index.ts';
import type { RecipeDescription } from '../../grader/index.ts';
import { normalised } from './normalised.ts';

const regression = defineRecipe({
  model: sequential([
    layers.dense({ units: 64, activation: 'relu', inputShape: [9] }),
    layers.dense({ units: 64, activation: 'relu' }),
    layers.dense({ units: 1 }),
  ]),
  compile: { optimizer: train.rmsprop(0.001), loss: 'mse', metrics: ['mae', 'mse'] },
  fit: {
    epochs: 1000,
    callbacks: [
      callbacks.earlyStopping({ monitor: 'val_loss', patience: 50, restoreBestWeights: true }),
    ],
  },
});

const images = defineRecipe({
  model: sequential([
    layers.conv2d({ filters: 16, kernelSize: 3, activation: 'relu', inputShape: [150, 150, 3] }),
    layers.maxPooling2d({ poolSize: 2 }),
    layers.conv2d({ filters: 32, kernelSize: [3, 3], activation: 'relu' }),
    layers.maxPooling2d(),
    layers.flatten(),
    layers.dropout({ rate: 0.5 }),
    layers.dense({ units: 3, activation: 'softmax' }),
  ]),
  compile: {
    optimizer: train.rmsprop({ learningRate: 1e-4 }),
    loss: 'sparseCategoricalCrossentropy',
    metrics: ['accuracy'],
  },
  fit: {
    epochs: 20,
    callbacks: [callbacks.stopWhen({ accuracy: { above: 0.95 }, val_accuracy: { above: 0.93 } })],
  },
  augmentation: imageDataGenerator({
    rotationRange: 40,
    widthShiftRange: 0.2,
    heightShiftRange: 0.2,
    shearRange: 0.2,
    zoomRange: [0.8, 1.2],
    horizontalFlip: true,
    fillMode: 'nearest',
  }),
});

const text = defineRecipe({
  model: sequential([
    layers.embedding({ inputDim: 10_000, outputDim: 16, inputLength: 120 }),
    layers.globalAveragePooling1d(),
    layers.dense({ units: 24, activation: 'relu' }),
    layers.dense({ units: 1, activation: 'sigmoid' }),
  ]),
  compile: { optimizer: 'adam', loss: losses.binaryCrossentropy(), metrics: ['accuracy'] },
  fit: { epochs: 10, batchSize: 64, callbacks: [callbacks.keepBest({ monitor: 'val_accuracy' })] },
  vocabulary: 10_000,
});

const series = defineRecipe({
  model: sequential([
    layers.conv1d({
      filters: 60,
      kernelSize: 5,
      padding: 'causal',
      activation: 'relu',
      inputShape: [null, 1],
    }),
    layers.bidirectional({ layer: layers.lstm({ units: 60, returnSequences: true }) }),
    layers.lstm({ units: 60, returnSequences: true }),
    layers.dense({ units: 1 }),
  ]),
  compile: {
    optimizer: train.sgd({ learningRate: 1e-5, momentum: 0.9 }),
    loss: losses.huber({ delta: 1 }),
    metrics: ['mae'],
  },
  fit: {
    epochs: 100,
    callbacks: [callbacks.learningRateScheduler((epoch) => 1e-8 * 10 ** (epoch / 20))],
  },
});

function residual() {
  const x = input({ shape: [28, 28, 1] });
  const first = layers.conv2d({ filters: 8, kernelSize: 3, padding: 'same' }).apply(x);
  const second = layers.conv2d({ filters: 8, kernelSize: 3, padding: 'same' }).apply(first);
  const sum = layers.add().apply([first, second]);
  const pooled = layers.globalAveragePooling2d().apply(layers.reLU().apply(sum));
  return model({ inputs: x, outputs: layers.dense({ units: 10 }).apply(pooled) });
}

const functional = defineRecipe({
  model: residual(),
  compile: {
    optimizer: train.adam(train.cosineDecay({ initialLearningRate: 0.001, decaySteps: 5000 })),
    loss: losses.sparseCategoricalCrossentropy({ fromLogits: true }),
    metrics: ['accuracy'],
  },
  fit: { epochs: 5, validationSplit: 0.1, classWeight: { 0: 1, 1: 2 } },
});

test.each([
  ['regression', regression, 'RMSprop'],
  ['images', images, 'RMSprop'],
  ['text', text, 'Adam'],
  ['series', series, 'SGD'],
  ['a functional model', functional, 'Adam'],
] as const)('a recipe for %s reads like Keras and is valid', (_kind, recipe, optimizer) => {
  const made = normalised(recipe);
  expect(made.compile.optimizer.class_name).toBe(optimizer);
  expect(normalised(made)).toEqual(made);
});

// Each line below compiles only because the option is of the wrong type: tsc checks this file.
test('TypeScript refuses what the schema refuses', () => {
  const wrong = [
    // @ts-expect-error units is a number
    () => layers.dense({ units: '3' }),
    // @ts-expect-error there is no such option
    () => layers.dense({ units: 3, activaton: 'relu' }),
    // @ts-expect-error units is required
    () => layers.dense({}),
    // @ts-expect-error there is no such activation
    () => layers.dense({ units: 3, activation: 'rleu' }),
    // @ts-expect-error an image's kernel has two sides
    () => layers.conv2d({ filters: 3, kernelSize: [3, 3, 3] }),
    // @ts-expect-error causal padding is for sequences
    () => layers.conv2d({ filters: 3, kernelSize: 3, padding: 'causal' }),
    // @ts-expect-error there is no such layer
    (): keyof typeof layers => 'conv3d',
    // @ts-expect-error a wrapper takes a layer
    () => layers.timeDistributed({ layer: 'dense' }),
    // @ts-expect-error there is no such initializer
    () => layers.dense({ units: 3, kernelInitializer: 'glorot' }),
    // @ts-expect-error the epochs are required
    (): RecipeDescription['fit'] => ({ batchSize: 32 }),
    // @ts-expect-error there is no such option
    () => train.adam({ lr: 0.1 }),
  ];
  const valid = () =>
    layers.dense({ units: 3, activation: 'hard_sigmoid', kernelInitializer: 'he_normal' });
  expect(valid).not.toThrow();
  expect(wrong).toHaveLength(11);
});
