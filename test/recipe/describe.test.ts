import { expect, test } from '@jest/globals';
import {
  callbacks,
  defineRecipe,
  imageDataGenerator,
  initializers,
  input,
  layers,
  losses,
  model,
  regularizers,
  sequential,
  train,
} from '../../grader/index.ts';
import type { RecipeDescription } from '../../grader/index.ts';
import type { LayerConfig, Recipe } from '../../grader/contract.ts';
import { normaliseRecipe } from '../../grader/recipe/normalise.ts';
import { normalised } from './normalised.ts';

function describe(changes: Partial<RecipeDescription> = {}): Recipe {
  return normalised(
    defineRecipe({
      model: sequential([layers.dense({ units: 1, inputShape: [9] })]),
      compile: { optimizer: 'adam', loss: 'mse', metrics: ['accuracy'] },
      fit: { epochs: 3 },
      ...changes,
    }),
  );
}

function layersOf(recipe: Recipe): readonly LayerConfig[] {
  return recipe.model.config['layers'] as LayerConfig[];
}

function namesOf(recipe: Recipe): unknown[] {
  return layersOf(recipe).map((layer) => layer.config['name']);
}

test('layers get the names that Keras gives, and keep their own', () => {
  const stacked = sequential({
    layers: [
      layers.conv2d({ filters: 4, kernelSize: 3, inputShape: [8, 8, 1] }),
      layers.conv2d({ filters: 4, kernelSize: 3, name: 'conv2d_1' }),
      layers.conv2d({ filters: 4, kernelSize: 3 }),
      layers.globalAveragePooling2d(),
    ],
  });
  stacked.add(layers.leakyReLU());
  expect(namesOf(describe({ model: stacked }))).toEqual([
    'conv2d',
    'conv2d_1',
    'conv2d_2',
    'global_average_pooling2d',
    'leaky_re_lu',
  ]);
});

test('an input may open a stack, and a stack may be part of another', () => {
  const inner = sequential([layers.dense({ units: 4 }), layers.reLU()]);
  const recipe = describe({
    model: sequential([input({ shape: [9] }), inner, layers.dense({ units: 1 })]),
  });
  expect(namesOf(recipe)).toEqual(['input_layer', 'dense', 're_lu', 'dense_1']);
  expect(layersOf(recipe)[0]?.config['batch_input_shape']).toEqual([null, 9]);
});

test('a functional model records who is connected to whom', () => {
  const x = input({ shape: [9], name: 'features' });
  const wide = layers.dense({ units: 4 });
  const y = layers
    .concatenate()
    .apply([wide.apply(x), wide.apply(layers.dropout({ rate: 0.1 }).apply(x))]);
  const recipe = describe({ model: model({ inputs: x, outputs: y }) });
  expect(layersOf(recipe).map((layer) => [layer.name, layer.inbound_nodes])).toEqual([
    ['features', []],
    ['dense', [[['features', 0, 0, {}]], [['dropout', 0, 0, {}]]]],
    ['dropout', [[['features', 0, 0, {}]]]],
    [
      'concatenate',
      [
        [
          ['dense', 0, 0, {}],
          ['dense', 1, 0, {}],
        ],
      ],
    ],
  ]);
  expect(recipe.model.config['output_layers']).toEqual([['concatenate', 0, 0]]);
});

test('layers with states give them, and take them where they start', () => {
  const x = input({ shape: [5, 2] });
  const encoder = layers.lstm({ units: 3, returnState: true });
  const decoder = layers.lstm({ units: 3 });
  const [read, h, c] = encoder.apply(x);
  const both = layers.bidirectional({
    layer: layers.gru({ units: 2, returnState: true }),
    mergeMode: null,
  });
  const [there, , , back] = both.apply(x);
  const y = layers
    .concatenate()
    .apply([read, decoder.apply(x, { initialState: [h, c] }), there, back]);
  const recipe = describe({ model: model({ inputs: x, outputs: y }) });
  const calls = layersOf(recipe).map((layer) => [layer.name, layer.inbound_nodes]);
  const from = (name: string, output = 0) => [name, 0, output, {}];
  expect(calls.slice(1)).toEqual([
    ['lstm', [[from('input_layer')]]],
    ['lstm_1', [[from('input_layer'), from('lstm', 1), from('lstm', 2)]]],
    ['bidirectional', [[from('input_layer')]]],
    [
      'concatenate',
      [[from('lstm'), from('lstm_1'), from('bidirectional'), from('bidirectional', 3)]],
    ],
  ]);
});

test('a model of states is called again with all that it gives', () => {
  const x = input({ shape: [5, 2] });
  const [read, h] = layers.gru({ units: 3, returnState: true }).apply(x);
  const part = model({ inputs: x, outputs: layers.add().apply([read, h]) });
  const other = input({ shape: [5, 2] });
  const again = part.apply(layers.dense({ units: 2 }).apply(other));
  const recipe = describe({ model: model({ inputs: other, outputs: again }) });
  expect(layersOf(recipe).at(-1)?.inbound_nodes).toEqual([
    [
      ['gru', 0, 0, {}],
      ['gru', 0, 1, {}],
    ],
  ]);
});

test('layers with several outputs are no part of a stack', () => {
  const layer = layers.rnn({ cell: layers.gruCell({ units: 2 }), returnState: true });
  // @ts-expect-error The types say so as well.
  expect(() => sequential([layer])).toThrow('this RNN has several');
});

test('cells and models stand in layers as Keras has them', () => {
  const recipe = describe({
    model: sequential([
      layers.timeDistributed({
        layer: sequential([layers.dense({ units: 3 }), layers.dropout({ rate: 0.1 })]),
        inputShape: [5, 2],
      }),
      layers.rnn({ cell: [layers.lstmCell({ units: 2 }), layers.gruCell({ units: 4 })] }),
    ]),
  });
  const [distributed, stacked] = layersOf(recipe);
  expect(distributed?.config['layer']).toMatchObject({
    class_name: 'Sequential',
    config: { layers: [{ config: { name: 'dense' } }, { config: { name: 'dropout' } }] },
  });
  expect(stacked?.config['cell']).toMatchObject({
    class_name: 'StackedRNNCells',
    config: { cells: [{ class_name: 'LSTMCell' }, { config: { reset_after: true } }] },
  });
});

test('a model applied to a tensor calls its layers again', () => {
  const a = input({ shape: [9] });
  const part = model({
    inputs: a,
    outputs: layers.add().apply([layers.dense({ units: 9 }).apply(a), a]),
  });
  const b = input({ shape: [9] });
  const outer = model({
    inputs: b,
    outputs: sequential([layers.dense({ units: 1 })]).apply(part.apply(b)),
  });
  expect(namesOf(describe({ model: outer }))).toEqual(['input_layer', 'dense', 'add', 'dense_1']);
});

test('options of layers become what Keras writes', () => {
  const recipe = describe({
    model: sequential([
      layers.dense({
        units: 2,
        inputShape: [9],
        activation: 'hardSigmoid',
        kernelInitializer: initializers.heNormal({ seed: 3 }),
        biasInitializer: 'zeros',
        kernelRegularizer: regularizers.l2({ l2: 0.001 }),
        biasRegularizer: 'l1',
        kernelConstraint: 'maxNorm',
      }),
    ]),
  });
  expect(layersOf(recipe)[0]?.config).toEqual({
    name: 'dense',
    trainable: true,
    batch_input_shape: [null, 9],
    units: 2,
    activation: 'hard_sigmoid',
    use_bias: true,
    kernel_initializer: { class_name: 'HeNormal', config: { seed: 3 } },
    bias_initializer: { class_name: 'Zeros', config: {} },
    kernel_regularizer: { class_name: 'L1L2', config: { l1: 0, l2: 0.001 } },
    bias_regularizer: { class_name: 'L1L2', config: { l1: 0.01, l2: 0 } },
    kernel_constraint: { class_name: 'MaxNorm', config: { max_value: 2, axis: 0 } },
    bias_constraint: null,
  });
});

const clips = {
  ...{ weight_decay: null, clipnorm: null, clipvalue: null, global_clipnorm: null },
  ...{ use_ema: false, gradient_accumulation_steps: null },
};

test.each([
  ['sgd', { learning_rate: 0.01, momentum: 0, nesterov: false, ...clips }],
  [
    'adam',
    { learning_rate: 0.001, beta_1: 0.9, beta_2: 0.999, epsilon: 1e-7, amsgrad: false, ...clips },
  ],
  [
    'adamw',
    {
      learning_rate: 0.001,
      beta_1: 0.9,
      beta_2: 0.999,
      epsilon: 1e-7,
      amsgrad: false,
      ...clips,
      weight_decay: 0.004,
    },
  ],
  ['adamax', { learning_rate: 0.001, beta_1: 0.9, beta_2: 0.999, epsilon: 1e-7, ...clips }],
  ['nadam', { learning_rate: 0.001, beta_1: 0.9, beta_2: 0.999, epsilon: 1e-7, ...clips }],
  [
    'rmsprop',
    { learning_rate: 0.001, rho: 0.9, momentum: 0, epsilon: 1e-7, centered: false, ...clips },
  ],
  ['adagrad', { learning_rate: 0.001, initial_accumulator_value: 0.1, epsilon: 1e-7, ...clips }],
  ['adadelta', { learning_rate: 0.001, rho: 0.95, epsilon: 1e-7, ...clips }],
  ['lion', { learning_rate: 0.001, beta_1: 0.9, beta_2: 0.99, ...clips }],
  [
    'ftrl',
    {
      ...{ learning_rate: 0.001, learning_rate_power: -0.5, initial_accumulator_value: 0.1 },
      ...{ l1_regularization_strength: 0, l2_regularization_strength: 0 },
      ...{ l2_shrinkage_regularization_strength: 0, beta: 0, ...clips },
    },
  ],
  [
    'adafactor',
    {
      ...{ learning_rate: 0.001, beta_2_decay: -0.8, epsilon_1: 1e-30, epsilon_2: 0.001 },
      ...{ clip_threshold: 1, relative_step: true, ...clips },
    },
  ],
] as const)('train.%s has the defaults of Keras', (call, config) => {
  const made = describe({ compile: { optimizer: train[call](), loss: 'mse' } });
  expect(made.compile.optimizer.config).toEqual(config);
  const byName = describe({ compile: { optimizer: call, loss: 'mse' } });
  expect(byName.compile.optimizer).toEqual(made.compile.optimizer);
  const withRate = describe({ compile: { optimizer: train[call](0.5), loss: 'mse' } });
  expect(withRate.compile.optimizer.config).toEqual({ ...config, learning_rate: 0.5 });
});

test.each([
  [
    train.exponentialDecay({ initialLearningRate: 0.1, decaySteps: 10, decayRate: 0.5 }),
    { staircase: false },
  ],
  [
    train.inverseTimeDecay({ initialLearningRate: 0.1, decaySteps: 10, decayRate: 0.5 }),
    { staircase: false },
  ],
  [
    train.polynomialDecay({ initialLearningRate: 0.1, decaySteps: 10 }),
    { end_learning_rate: 0.0001, power: 1, cycle: false },
  ],
  [
    train.cosineDecay({ initialLearningRate: 0.1, decaySteps: 10 }),
    { alpha: 0, warmup_target: null, warmup_steps: 0 },
  ],
  [train.piecewiseConstantDecay({ boundaries: [5], values: [0.1, 0.01] }), { boundaries: [5] }],
] as const)('a learning-rate schedule is part of the optimizer: %j', (schedule, config) => {
  const { compile } = describe({ compile: { optimizer: train.sgd(schedule), loss: 'mse' } });
  const rate = compile.optimizer.config['learning_rate'];
  expect(rate).toMatchObject({ class_name: schedule.class_name, config });
});

const ofAxis = { axis: -1 };
const ofShares = { from_logits: false, label_smoothing: 0, ...ofAxis };

test.each([
  ['mse', 'MeanSquaredError', {}],
  ['mae', 'MeanAbsoluteError', {}],
  ['mape', 'MeanAbsolutePercentageError', {}],
  ['msle', 'MeanSquaredLogarithmicError', {}],
  ['huber', 'Huber', { delta: 1 }],
  ['logCosh', 'LogCosh', {}],
  ['cosine_similarity', 'CosineSimilarity', ofAxis],
  ['poisson', 'Poisson', {}],
  ['kld', 'KLDivergence', {}],
  ['kl_divergence', 'KLDivergence', {}],
  ['hinge', 'Hinge', {}],
  ['binary_crossentropy', 'BinaryCrossentropy', ofShares],
  [
    'binaryFocalCrossentropy',
    'BinaryFocalCrossentropy',
    { apply_class_balancing: false, alpha: 0.25, gamma: 2, ...ofShares },
  ],
  ['categoricalCrossentropy', 'CategoricalCrossentropy', ofShares],
  [
    'sparse_categorical_crossentropy',
    'SparseCategoricalCrossentropy',
    { from_logits: false, ignore_class: null, ...ofAxis },
  ],
  ['dice', 'Dice', { axis: null }],
  ['tversky', 'Tversky', { alpha: 0.5, beta: 0.5, axis: null }],
] as const)('the loss %s is %s', (loss, class_name, config) => {
  expect(describe({ compile: { optimizer: 'adam', loss } }).compile.loss).toEqual({
    class_name,
    config: { ...config, reduction: 'sum_over_batch_size' },
  });
});

test('losses take options', () => {
  const loss = losses.binaryCrossentropy({ fromLogits: true, reduction: 'sum' });
  expect(describe({ compile: { optimizer: 'adam', loss } }).compile.loss.config).toEqual({
    ...{ ...ofShares, from_logits: true },
    reduction: 'sum',
  });
  const mean = losses.huber({ reduction: 'mean' });
  expect(describe({ compile: { optimizer: 'adam', loss: mean } }).compile.loss.config).toEqual({
    ...{ delta: 1, reduction: 'sum_over_batch_size' },
  });
});

test('metrics have the names of Keras, and callbacks watch them', () => {
  const metrics = ['AUC', 'binaryAccuracy', 'precision', 'rmse', 'cosineSimilarity'] as const;
  const { compile, fit } = describe({
    compile: { optimizer: 'adam', loss: 'bce', metrics },
    fit: { epochs: 1, callbacks: [callbacks.keepBest({ monitor: 'val_AUC' })] },
  });
  expect(compile.metrics).toEqual([
    ...['auc', 'binary_accuracy', 'precision', 'rmse', 'cosine_similarity'],
  ]);
  expect(fit.callbacks[0]?.config).toMatchObject({ monitor: 'val_auc', mode: 'auto' });
});

test('callbacks have the defaults of Keras', () => {
  const { fit } = describe({
    fit: {
      epochs: 3,
      callbacks: [
        callbacks.earlyStopping(),
        callbacks.keepBest({ monitor: 'valAcc' }),
        callbacks.reduceLROnPlateau({ monitor: 'loss' }),
        callbacks.stopWhen({ valAccuracy: { above: 0.9 }, loss: { below: 0.1 } }),
      ],
    },
  });
  expect(fit.callbacks.map(({ config }) => config)).toEqual([
    {
      monitor: 'val_loss',
      min_delta: 0,
      patience: 0,
      mode: 'auto',
      baseline: null,
      restore_best_weights: false,
      start_from_epoch: 0,
    },
    { monitor: 'val_accuracy', mode: 'auto', save_best_only: true, initial_value_threshold: null },
    {
      monitor: 'loss',
      factor: 0.1,
      patience: 10,
      mode: 'auto',
      min_delta: 0.0001,
      cooldown: 0,
      min_lr: 0,
    },
    {
      conditions: [
        { metric: 'val_accuracy', above: 0.9, below: null },
        { metric: 'loss', above: null, below: 0.1 },
      ],
    },
  ]);
});

test('a learning-rate function is called for each epoch from 0, with the rate before', () => {
  const seen: [number, number][] = [];
  const schedule = callbacks.learningRateScheduler((epoch, rate) => {
    seen.push([epoch, rate]);
    return 1e-8 * 10 ** epoch;
  });
  const { fit } = describe({
    compile: { optimizer: train.sgd({ learningRate: 0.5 }), loss: 'mse' },
    fit: { epochs: 3, callbacks: [schedule] },
  });
  expect(fit.callbacks[0]?.config).toEqual({ values: [1e-8, 1e-7, 1e-6] });
  expect(seen).toEqual([
    [0, 0.5],
    [1, 1e-8],
    [2, 1e-7],
  ]);
});

test('augmentation has the meaning of ImageDataGenerator, and notes what it ignores', () => {
  const { recipe, notes } = normaliseRecipe(
    defineRecipe({
      model: sequential([layers.flatten({ inputShape: [8, 8, 3] })]),
      compile: { optimizer: 'adam', loss: 'mse' },
      fit: { epochs: 1 },
      augmentation: imageDataGenerator({ rotationRange: 40, zoomRange: 0.2, rescale: 1 / 255 }),
    }),
  );
  expect(recipe.augmentation).toEqual({
    rotation_range: 40,
    width_shift_range: 0,
    height_shift_range: 0,
    shear_range: 0,
    zoom_range: [0.8, 1.2],
    horizontal_flip: false,
    vertical_flip: false,
    fill_mode: 'nearest',
    cval: 0,
    channel_shift_range: 0,
    brightness_range: null,
    samplewise_center: false,
    samplewise_std_normalization: false,
  });
  expect(notes).toEqual([
    'augmentation.rescale 1/255 is ignored: the images arrive in [0, 1] already.',
  ]);
});

test.each<[string, () => unknown, string]>([
  [
    'an unknown option',
    () => layers.dense({ units: 1, activaton: 'relu' } as never),
    'Nearest: "activation". Its options: name,',
  ],
  ['a missing option', () => layers.dense({} as never), 'layers.dense needs the option "units".'],
  [
    'no options at all',
    () => layers.dense(3 as never),
    'layers.dense takes an object of options, got 3.',
  ],
  [
    'an unknown layer',
    () => (layers as never)['maxPool2d'],
    'There is no layers.maxPool2d. Nearest: layers.maxPooling2d.',
  ],
  [
    'a wrapper around nothing',
    () => layers.bidirectional({ layer: 'lstm' as never }),
    'Bidirectional wraps a layer',
  ],
  ['a stack of something else', () => sequential([3 as never]), 'sequential takes layers such as'],
  ['a layer added twice', addTwice, 'sequential has this ReLU layer already'],
  [
    'apply on no tensor',
    () => layers.reLU().apply(3 as never),
    'ReLU.apply takes the output of input({shape})',
  ],
  [
    'two inputs',
    () =>
      model({
        inputs: [input({ shape: [1] }), input({ shape: [1] })] as never,
        outputs: input({ shape: [1] }),
      }),
    'inputs must be one tensor',
  ],
  [
    'an output from elsewhere',
    () =>
      describe({ model: model({ inputs: input({ shape: [1] }), outputs: input({ shape: [1] }) }) }),
    'does not depend on its input',
  ],
  [
    'a rate of zero',
    () =>
      describe({
        fit: { epochs: 2, callbacks: [callbacks.learningRateScheduler((epoch) => 1 - epoch)] },
      }),
    'got 0 for epoch 1',
  ],
  [
    'an unknown part',
    () => defineRecipe({ optimizer: 'adam' } as never),
    'defineRecipe has no option "optimizer".',
  ],
  [
    'an unknown fit option',
    () => describe({ fit: { epochs: 1, batch_size: 3 } as never }),
    'fit has no option "batch_size". Nearest: "batchSize".',
  ],
  [
    'a bare bound',
    () => callbacks.stopWhen({ val_accuracy: 0.9 as never }),
    'got 0.9 for "val_accuracy"',
  ],
])('%s is refused by name', (_what, author, message) => {
  expect(author).toThrow(message);
});

function addTwice(): unknown {
  const layer = layers.reLU();
  return sequential([layer, layer]);
}
