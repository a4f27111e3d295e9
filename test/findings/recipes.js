// Recipes whose runs the rules are tried on: what should be found in each, worst first.
// The bodies are what stands between `model: sequential([` and the end of a recipe.

const net = (units, last = 'layers.dense({ units: 1 })') =>
  `layers.dense({ units: ${units}, activation: 'relu', inputShape: [9] }),
   layers.dense({ units: ${units}, activation: 'relu' }), ${last}`;

const best = (monitor = 'val_loss', patience = 40) =>
  `callbacks: [callbacks.earlyStopping({ monitor: '${monitor}', patience: ${patience}, restoreBestWeights: true })]`;

const recipe = (model, { optimizer = 'train.adam()', loss, metrics = '', fit, more = '' }) =>
  `import { callbacks, defineRecipe, initializers, layers, losses, regularizers, sequential, train } from 'grader';
export default defineRecipe({
  model: sequential([${model}]),
  compile: { optimizer: ${optimizer}, loss: ${loss}, metrics: [${metrics}] },
  fit: { ${fit} },
  ${more}
});
`;

const cars = (model, options) => ({
  problem: 'regression',
  text: recipe(model, { loss: "'mse'", metrics: "'mae'", ...options }),
});

const spots = (model, options) => ({
  problem: 'sunspots',
  text: recipe(model, { loss: 'losses.huber()', metrics: "'mae'", ...options }),
});

const steps = (units, more = '') =>
  `layers.conv1d({ filters: ${units}, kernelSize: 5, padding: 'causal', activation: 'relu', inputShape: [30, 1] }),
   layers.lstm({ units: ${units}, returnSequences: true }), ${more} layers.dense({ units: 1 })`;

const words = (
  size,
  { optimizer = 'train.adam({ learningRate: 0.003 })', fit, dropout = 0.3, vocabulary = size },
) => ({
  problem: 'sarcasm',
  text: recipe(
    `layers.embedding({ inputDim: ${size}, outputDim: 16, inputLength: 120 }), layers.globalAveragePooling1d(),
     layers.dropout({ rate: ${dropout} }), layers.dense({ units: 24, activation: 'relu' }),
     layers.dense({ units: 1, activation: 'sigmoid' })`,
    {
      optimizer,
      loss: "'binaryCrossentropy'",
      metrics: "'accuracy'",
      fit,
      more: `vocabulary: ${vocabulary},`,
    },
  ),
});

const clothes = (model, options) => ({
  problem: 'fashion-mnist',
  text: recipe(
    `layers.flatten({ inputShape: [28, 28] }), ${model} layers.dense({ units: 10, activation: 'softmax' })`,
    {
      ...{ loss: "'sparseCategoricalCrossentropy'", metrics: "'accuracy'" },
      ...options,
    },
  ),
});

const hands = (model, { activation = 'relu', ...options }) => ({
  problem: 'image-augmentation',
  text: recipe(
    `layers.averagePooling2d({ poolSize: 5, inputShape: [150, 150, 3] }), ${model} layers.flatten(),
     layers.dense({ units: 64, activation: '${activation}' }), layers.dense({ units: 3, activation: 'softmax' })`,
    { loss: "'sparseCategoricalCrossentropy'", metrics: "'accuracy'", ...options },
  ),
});

const convolutions = `layers.conv2d({ filters: 16, kernelSize: 3, activation: 'relu' }), layers.maxPooling2d(),
  layers.conv2d({ filters: 32, kernelSize: 3, activation: 'relu' }), layers.maxPooling2d(),`;

const sgd = (rate, momentum = 0) => `train.sgd({ learningRate: ${rate}, momentum: ${momentum} })`;
const adam = (rate) => `train.adam({ learningRate: ${rate} })`;

/** Each rule by its id: a run made for it, and one that was not; nothing else is found in them. */
export const faulty = {
  'not-finite': [
    cars('layers.dense({ units: 1, inputShape: [9] })', {
      optimizer: sgd(1),
      fit: 'epochs: 12, batchSize: 64',
    }),
    spots('layers.flatten({ inputShape: [30, 1] }), layers.dense({ units: 1 })', {
      optimizer: sgd(1),
      loss: "'mse'",
      fit: 'epochs: 20, batchSize: 256',
    }),
  ],
  'unscaled-inputs': [
    clothes("layers.rescaling({ scale: 255 }), layers.dense({ units: 64, activation: 'relu' }),", {
      fit: `epochs: 6, batchSize: 64, ${best('val_accuracy', 6)}`,
    }),
    cars(
      `layers.rescaling({ scale: 100, inputShape: [9] }), layers.dense({ units: 32, activation: 'relu' }), layers.dense({ units: 1 })`,
      { fit: `epochs: 60, ${best()}` },
    ),
  ],
  'unscaled-targets': [
    cars(
      `layers.dense({ units: 32, activation: 'relu', inputShape: [9] }), layers.dense({ units: 1 }), layers.rescaling({ scale: 0.001 })`,
      { fit: `epochs: 60, ${best()}` },
    ),
    spots(
      `layers.lstm({ units: 16, inputShape: [30, 1] }), layers.dense({ units: 1 }), layers.rescaling({ scale: 0.001 })`,
      { fit: `epochs: 8, batchSize: 64, ${best('val_mae', 8)}` },
    ),
  ],
  'exploding-gradients': [
    cars('layers.dense({ units: 1, inputShape: [9] })', {
      optimizer: sgd(0.25),
      fit: 'epochs: 30, batchSize: 64',
    }),
    spots('layers.flatten({ inputShape: [30, 1] }), layers.dense({ units: 1 })', {
      optimizer: sgd(0.4),
      loss: "'mse'",
      fit: 'epochs: 8, batchSize: 256',
    }),
  ],
  'dead-units': [
    cars(
      `layers.dense({ units: 16, activation: 'relu', biasInitializer: initializers.constant({ value: -1000 }), inputShape: [9] }),
       layers.dense({ units: 1 })`,
      { optimizer: sgd(0.1), fit: 'epochs: 20' },
    ),
    clothes("layers.dense({ units: 64, activation: 'relu' }),", {
      optimizer: adam(0.02),
      fit: `epochs: 6, batchSize: 64, ${best('val_accuracy', 6)}`,
    }),
  ],
  'learns-nothing': [
    cars(net(16), { optimizer: adam(1e-9), fit: 'epochs: 10' }),
    words(1000, { optimizer: adam(1e-9), fit: 'epochs: 3, batchSize: 256' }),
  ],
  'learning-rate-too-high': [
    cars(net(32), { optimizer: sgd(0.02, 0.9), fit: 'epochs: 30, batchSize: 8' }),
    clothes("layers.dense({ units: 64, activation: 'relu' }),", {
      optimizer: adam(0.1),
      fit: 'epochs: 8, batchSize: 64',
    }),
  ],
  'learning-rate-too-low': [
    cars(net(16), { optimizer: adam(1e-5), fit: 'epochs: 40' }),
    spots(steps(8), { optimizer: adam(1e-6), fit: 'epochs: 8, batchSize: 64' }),
  ],
  'not-converged': [
    cars(net(32), { fit: 'epochs: 25' }),
    spots(steps(8), { fit: 'epochs: 3, batchSize: 64' }),
  ],
  'sees-later-steps': [
    spots(
      `layers.flatten({ inputShape: [30, 1] }), layers.dense({ units: 64, activation: 'relu' }),
       layers.dense({ units: 30 }), layers.reshape({ targetShape: [30, 1] })`,
      { fit: `epochs: 60, batchSize: 64, ${best('val_loss', 20)}` },
    ),
    spots(
      `layers.permute({ dims: [2, 1], inputShape: [30, 1] }), layers.dense({ units: 60, activation: 'relu' }),
       layers.dense({ units: 30 }), layers.permute({ dims: [2, 1] })`,
      { optimizer: adam(0.003), fit: `epochs: 40, batchSize: 32, ${best('val_mae', 20)}` },
    ),
  ],
  'stopped-too-early': [
    cars(net(32), {
      optimizer: adam(0.003),
      fit: `epochs: 300, batchSize: 4, ${best('val_loss', 1)}`,
    }),
    spots(steps(16), {
      ...{ optimizer: adam(0.0005) },
      fit: 'epochs: 60, batchSize: 64, callbacks: [callbacks.stopWhen({ val_mae: { below: 0.09 } })]',
    }),
  ],
  'over-fitting': [
    cars(net(256), { optimizer: adam(0.003), fit: 'epochs: 500' }),
    words(10000, { optimizer: adam(0.01), dropout: 0, fit: 'epochs: 12, batchSize: 64' }),
  ],
  'epoch-kept': [
    clothes("layers.dense({ units: 64, activation: 'tanh' }),", {
      optimizer: adam(0.01),
      fit: 'epochs: 10, batchSize: 32',
    }),
    cars(net(64), { optimizer: adam(0.01), fit: 'epochs: 15, batchSize: 2' }),
  ],
  'memorises-pictures': [
    hands('', {
      activation: 'elu',
      optimizer: adam(0.0005),
      fit: `epochs: 12, ${best('val_accuracy', 12)}`,
    }),
    hands("layers.flatten(), layers.dense({ units: 128, activation: 'elu' }),", {
      activation: 'elu',
      optimizer: adam(0.0005),
      fit: `epochs: 10, ${best('val_accuracy', 10)}`,
    }),
  ],
  'augmentation-too-strong': [
    hands(convolutions, {
      fit: `epochs: 8, ${best('val_accuracy', 8)}`,
      more: 'augmentation: { rotationRange: 40, widthShiftRange: 0.4, heightShiftRange: 0.4, zoomRange: 0.4 },',
    }),
    hands(convolutions, {
      optimizer: adam(0.002),
      fit: `epochs: 8, ${best('val_accuracy', 8)}`,
      more: 'augmentation: { shearRange: 80, zoomRange: 0.6, horizontalFlip: true, verticalFlip: true },',
    }),
  ],
  'one-answer': [
    cars(
      `layers.dense({ units: 16, activation: 'tanh', biasInitializer: initializers.constant({ value: 1000 }), inputShape: [9] }),
       layers.dense({ units: 1 })`,
      { optimizer: adam(0.1), fit: 'epochs: 20' },
    ),
    words(1000, { optimizer: sgd(0.01), fit: 'epochs: 2, batchSize: 256' }),
  ],
  'below-constant': [
    cars(net(16), { fit: 'epochs: 1' }),
    spots(
      `layers.flatten({ inputShape: [30, 1] }), layers.dense({ units: 4, activation: 'relu' }), layers.dense({ units: 1, biasInitializer: initializers.constant({ value: 2 }) })`,
      { optimizer: adam(0.0001), fit: 'epochs: 1, batchSize: 512' },
    ),
  ],
  'validation-too-good': [
    hands(convolutions, { fit: `epochs: 10, seed: 2, ${best('val_loss', 10)}` }),
    hands(`layers.batchNormalization(), ${convolutions}`, {
      fit: `epochs: 10, ${best('val_loss', 10)}`,
    }),
  ],
  'class-imbalance': [
    clothes("layers.dense({ units: 64, activation: 'relu' }),", {
      fit: `epochs: 25, batchSize: 128, classWeight: { 0: 1, 1: 1, 2: 1, 3: 1, 4: 1, 5: 1, 6: 0.02, 7: 1, 8: 1, 9: 1 }, ${best('val_accuracy', 4)}`,
    }),
    words(1000, {
      fit: `epochs: 8, batchSize: 64, classWeight: { 0: 1, 1: 0.15 }, ${best('val_loss', 2)}`,
    }),
  ],
  'class-ignored': [
    clothes('layers.dense({ units: 1 }),', {
      optimizer: adam(0.003),
      fit: `epochs: 20, batchSize: 128, ${best('val_accuracy', 3)}`,
    }),
    clothes(
      "layers.reshape({ targetShape: [28, 28, 1] }), layers.averagePooling2d({ poolSize: 14 }), layers.flatten(), layers.dense({ units: 16, activation: 'relu' }),",
      {
        optimizer: adam(0.003),
        fit: `epochs: 20, batchSize: 128, ${best('val_accuracy', 3)}`,
      },
    ),
  ],
  'validation-too-small': [
    cars(net(32), { fit: `epochs: 300, validationSplit: 0.03, ${best()}` }),
    hands(convolutions, { fit: `epochs: 10, validationSplit: 0.1, ${best('val_loss', 5)}` }),
  ],
  'shift-by-segment': [
    cars(
      "layers.dense({ units: 64, activation: 'tanh', inputShape: [9] }), layers.dense({ units: 1 })",
      { optimizer: adam(0.01), fit: `epochs: 300, validationSplit: 0.4, ${best()}` },
    ),
    hands(convolutions, { fit: `epochs: 10, ${best('val_loss', 10)}` }),
  ],
  'wrong-tokenizer': [
    words(200, { fit: `epochs: 10, batchSize: 64, ${best('val_accuracy', 2)}` }),
    words(10000, { vocabulary: 1000, fit: `epochs: 10, batchSize: 64, ${best('val_loss', 2)}` }),
  ],
  'augmentation-too-weak': [
    hands('', {
      activation: 'elu',
      fit: `epochs: 14, ${best('val_accuracy', 14)}`,
      more: 'augmentation: { rotationRange: 2 },',
    }),
    hands("layers.flatten(), layers.dense({ units: 128, activation: 'elu' }),", {
      activation: 'elu',
      optimizer: adam(0.0005),
      fit: `epochs: 8, ${best('val_accuracy', 8)}`,
      more: 'augmentation: { zoomRange: 0.01, widthShiftRange: 0.01 },',
    }),
  ],
  'towards-the-mean': [
    cars(
      `layers.dense({ units: 32, activation: 'relu', kernelRegularizer: regularizers.l2({ l2: 30 }), inputShape: [9] }),
       layers.dense({ units: 1, kernelRegularizer: regularizers.l2({ l2: 30 }) })`,
      { optimizer: adam(0.02), fit: `epochs: 200, ${best()}` },
    ),
    spots(
      `layers.flatten({ inputShape: [30, 1] }), layers.dense({ units: 16, activation: 'relu', kernelRegularizer: regularizers.l2({ l2: 0.02 }) }),
       layers.dense({ units: 1, kernelRegularizer: regularizers.l2({ l2: 0.02 }) })`,
      { optimizer: adam(0.005), fit: `epochs: 60, batchSize: 64, ${best('val_loss', 10)}` },
    ),
  ],
  'off-by-a-constant': [
    ...[4, 2].map((l2) =>
      cars(
        `layers.dense({ units: 32, activation: 'relu', useBias: false, kernelRegularizer: regularizers.l2({ l2: ${l2} }), inputShape: [9] }),
         layers.dense({ units: 1, useBias: false, kernelRegularizer: regularizers.l2({ l2: ${l2} }) })`,
        { optimizer: adam(0.01), fit: `epochs: 200, ${best()}` },
      ),
    ),
  ],
  'repeats-the-last-value': [
    spots(
      "layers.cropping1D({ cropping: [29, 0], inputShape: [30, 1] }), layers.flatten(), layers.dense({ units: 1, kernelInitializer: 'ones' })",
      {
        ...{ optimizer: adam(1e-5), fit: 'epochs: 5, batchSize: 64' },
      },
    ),
    spots("layers.dense({ units: 1, kernelInitializer: 'ones', inputShape: [30, 1] })", {
      ...{ optimizer: sgd(0.001), fit: 'epochs: 10, batchSize: 64' },
    }),
  ],
};

/** Trainings as they should be, of different models: nothing is wrong with them. */
export const sound = [
  ...[16, 32, 64, 128].map((units) => cars(net(units), { fit: `epochs: 300, ${best()}` })),
  ...[24, 48, 96].map((units) =>
    cars(net(units), { optimizer: adam(0.005), fit: `epochs: 200, seed: ${units}, ${best()}` }),
  ),
  ...[32, 64].map((units) =>
    cars(net(units, 'layers.dropout({ rate: 0.1 }), layers.dense({ units: 1 })'), {
      ...{ optimizer: adam(0.003), loss: 'losses.huber()', fit: `epochs: 250, ${best('val_mae')}` },
    }),
  ),
  cars(net(80), { optimizer: adam(0.002), fit: `epochs: 300, seed: 9, ${best()}` }),
  cars(net(64), { optimizer: 'train.rmsprop()', fit: `epochs: 300, ${best()}` }),
  cars(net(32), {
    optimizer: 'train.nadam({ learningRate: 0.002 })',
    fit: `epochs: 300, ${best()}`,
  }),
  cars(
    `layers.dense({ units: 64, activation: 'selu', inputShape: [9] }), layers.dense({ units: 1 })`,
    {
      fit: `epochs: 400, ${best()}`,
    },
  ),
  cars(
    `layers.batchNormalization({ inputShape: [9] }), layers.dense({ units: 64, activation: 'relu' }), layers.dense({ units: 1 })`,
    {
      ...{ optimizer: adam(0.01), fit: `epochs: 200, ${best()}` },
    },
  ),
  cars('layers.dense({ units: 1, inputShape: [9] })', {
    optimizer: adam(0.1),
    fit: `epochs: 200, ${best()}`,
  }),
  ...[16, 24, 32].map((units) =>
    spots(steps(units), {
      optimizer: adam(0.003),
      fit: `epochs: 25, batchSize: 64, ${best('val_mae', 8)}`,
    }),
  ),
  spots(steps(16, 'layers.lstm({ units: 16, returnSequences: true }),'), {
    ...{ optimizer: adam(0.003), fit: `epochs: 25, batchSize: 64, ${best('val_mae', 8)}` },
  }),
  spots('layers.gru({ units: 24, inputShape: [30, 1] }), layers.dense({ units: 1 })', {
    ...{ optimizer: adam(0.005), fit: `epochs: 25, batchSize: 64, ${best('val_mae', 8)}` },
  }),
  ...[16, 64].map((units) =>
    spots(
      `layers.flatten({ inputShape: [30, 1] }), layers.dense({ units: ${units}, activation: 'relu' }), layers.dense({ units: 1 })`,
      { optimizer: adam(0.003), fit: `epochs: 60, batchSize: 32, ${best('val_mae', 12)}` },
    ),
  ),
  ...[1000, 4000, 10000].map((size) =>
    words(size, { fit: `epochs: 10, batchSize: 64, ${best('val_loss', 2)}` }),
  ),
  words(6000, {
    optimizer: 'train.rmsprop({ learningRate: 0.003 })',
    fit: `epochs: 10, batchSize: 32, ${best('val_loss', 2)}`,
  }),
  ...[64, 128].map((units) =>
    clothes(
      `layers.dense({ units: ${units}, activation: 'relu' }), layers.dropout({ rate: 0.1 }),`,
      {
        fit: `epochs: 40, batchSize: 64, ${best('val_loss', 3)}`,
      },
    ),
  ),
  clothes(
    "layers.dense({ units: 64, activation: 'relu' }), layers.dense({ units: 64, activation: 'relu' }),",
    {
      ...{ optimizer: adam(0.0007), fit: `epochs: 40, batchSize: 64, ${best('val_accuracy', 3)}` },
    },
  ),
  hands(`layers.dropout({ rate: 0.2 }), ${convolutions}`, {
    fit: `epochs: 20, ${best('val_accuracy', 6)}`,
    more: 'augmentation: { rotationRange: 15, widthShiftRange: 0.1, heightShiftRange: 0.1, zoomRange: 0.1, horizontalFlip: true },',
  }),
  cars(net(40), { optimizer: adam(0.002), fit: `epochs: 250, seed: 3, ${best('val_mae')}` }),
];
