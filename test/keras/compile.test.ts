import { expect, test } from '@jest/globals';
import { convertCompile } from '../../grader/keras/convert/compile.ts';
import { readContainer } from '../../grader/keras/read-model.ts';
import { normaliseCompile } from '../../grader/recipe/normalise.ts';

const model = {
  class_name: 'Sequential',
  config: {
    layers: [{ class_name: 'Dense', config: { units: 1, batch_input_shape: [null, 1] } }],
  },
};

function settings(saved: object) {
  const converted = convertCompile(saved);
  return { ...normaliseCompile(converted?.compile, model), notes: converted?.notes };
}

test('what Keras 2.9 saves of compile becomes the settings of a recipe', () => {
  const { optimizer, loss, metrics } = settings({
    loss: 'binary_crossentropy',
    metrics: [
      [
        {
          class_name: 'MeanMetricWrapper',
          config: { name: 'accuracy', dtype: 'float32', fn: 'binary_accuracy' },
        },
      ],
    ],
    weighted_metrics: null,
    loss_weights: null,
    optimizer_config: {
      class_name: 'Custom>RMSprop',
      config: {
        name: 'RMSprop',
        weight_decay: null,
        clipnorm: null,
        use_ema: false,
        ema_momentum: 0.99,
        jit_compile: false,
        is_legacy_optimizer: false,
        learning_rate: 0.0001,
        rho: 0.8,
        momentum: 0,
        epsilon: 1e-7,
        centered: false,
      },
    },
  });
  expect(optimizer.class_name).toBe('RMSprop');
  expect(optimizer.config).toMatchObject({ learning_rate: 0.0001, rho: 0.8, weight_decay: null });
  expect(loss).toEqual({
    class_name: 'BinaryCrossentropy',
    config: {
      ...{ from_logits: false, label_smoothing: 0, axis: -1 },
      reduction: 'sum_over_batch_size',
    },
  });
  expect(metrics).toEqual(['accuracy']);
});

test('what Keras 3 saves keeps from_logits and the schedule of its learning rate', () => {
  const { optimizer, loss } = settings({
    optimizer: {
      module: 'keras.optimizers',
      class_name: 'Adam',
      config: {
        name: 'adam',
        learning_rate: {
          module: 'keras.optimizers.schedules',
          class_name: 'ExponentialDecay',
          config: {
            initial_learning_rate: 0.01,
            decay_steps: 100,
            decay_rate: 0.9,
            staircase: false,
            name: 'ExponentialDecay',
          },
          registered_name: null,
        },
        loss_scale_factor: null,
        gradient_accumulation_steps: null,
        beta_1: 0.8,
      },
      registered_name: null,
    },
    loss: {
      module: 'keras.losses',
      class_name: 'SparseCategoricalCrossentropy',
      config: {
        name: 'sparse_categorical_crossentropy',
        reduction: 'sum_over_batch_size',
        from_logits: true,
        ignore_class: null,
      },
      registered_name: null,
    },
    metrics: ['accuracy'],
  });
  expect(optimizer.config).toMatchObject({
    beta_1: 0.8,
    learning_rate: {
      class_name: 'ExponentialDecay',
      config: { initial_learning_rate: 0.01, decay_steps: 100, decay_rate: 0.9, staircase: false },
    },
  });
  expect(loss.config).toMatchObject({ from_logits: true, ignore_class: null });
});

test("Keras 2's decay is a schedule, and weight decay of false is none", () => {
  const { optimizer } = settings({
    loss: { out: 'mse' },
    optimizer_config: {
      class_name: 'SGD',
      config: { lr: 0.1, decay: 0.01, momentum: 0.9, nesterov: true, weight_decay: false },
    },
  });
  expect(optimizer.config).toMatchObject({
    momentum: 0.9,
    nesterov: true,
    weight_decay: null,
    learning_rate: {
      class_name: 'InverseTimeDecay',
      config: { initial_learning_rate: 0.1, decay_steps: 1, decay_rate: 0.01 },
    },
  });
});

test('an optimizer by name has the settings that Keras gives it', () => {
  const { optimizer, loss } = settings({ optimizer: 'rmsprop', loss: 'mae', metrics: null });
  expect(optimizer).toMatchObject({ class_name: 'RMSprop', config: { learning_rate: 0.001 } });
  expect(loss.class_name).toBe('MeanAbsoluteError');
});

test('metrics that a recipe does not have are left out and said', () => {
  const usual = { num_thresholds: 200, curve: 'ROC', thresholds: null, from_logits: false };
  const { metrics, notes } = settings({
    loss: { class_name: 'function', config: 'mean_absolute_error' },
    metrics: [
      ...['mse', 'RootMeanSquaredError', { class_name: 'AUC', config: { name: 'a', ...usual } }],
      { class_name: 'AUC', config: { name: 'b', ...usual, curve: 'PR' } },
      { class_name: 'MeanMetricWrapper', config: { name: 'near', fn: 'cosine_similarity' } },
      { class_name: 'F1Score', config: {} },
    ],
    loss_weights: [1],
    weighted_metrics: [],
    optimizer_config: { class_name: 'SGD', config: {} },
  });
  expect(metrics).toEqual(['mse', 'rmse', 'auc', 'cosine_similarity']);
  expect(notes).toEqual([
    'The metric auc is left out: there is none with curve "PR".',
    'The metric {"class_name":"F1Score","config":{}} is not known and left out.',
    "compile's loss_weights are left out.",
  ]);
});

const sgd = { class_name: 'SGD', config: {} };

test('no weight decays where the file of an AdamW says so', () => {
  for (const none of [0, false]) {
    const config = { learning_rate: 0.01, weight_decay: none };
    const { optimizer } = settings({ loss: 'mse', optimizer: { class_name: 'AdamW', config } });
    expect(optimizer.config['weight_decay']).toBe(0);
  }
});

test('what scales losses for 16 bits is said to have no effect, and the optimizer in it is taken', () => {
  const inner = { class_name: 'Lion', config: { learning_rate: 0.02, loss_scale_factor: 8 } };
  const scaled = { class_name: 'LossScaleOptimizer', config: { inner_optimizer: inner } };
  const { optimizer, notes } = settings({ loss: 'mse', optimizer: scaled });
  expect(optimizer).toMatchObject({ class_name: 'Lion', config: { learning_rate: 0.02 } });
  expect(notes).toEqual([
    'LossScaleOptimizer has no effect on 32-bit numbers: its inner optimizer is taken.',
    'loss_scale_factor of the optimizer has no effect on 32-bit numbers.',
  ]);
});

test('averages of weights and gathered gradients are refused, and so is a loss that is not reduced', () => {
  const refused = (config: object) => () =>
    settings({ loss: 'mse', optimizer: { class_name: 'Adam', config } });
  expect(refused({ use_ema: true })).toThrow(/use_ema must be false, got true/);
  expect(refused({ gradient_accumulation_steps: 4 })).toThrow(
    /gradient_accumulation_steps must be null, got 4/,
  );
  const loss = { class_name: 'Huber', config: { name: 'huber', reduction: null, delta: 2 } };
  expect(() => settings({ loss, optimizer: sgd })).toThrow(
    /reduction must be one of "sum_over_batch_size".*got "none"/,
  );
});

test('options that Keras may get one day are not dropped without a word', () => {
  const config = { learning_rate: 0.1, lookahead: 5 };
  const { notes } = settings({ loss: 'mse', optimizer: { class_name: 'SGD', config } });
  expect(notes).toEqual(['lookahead 5 of the optimizer is not known and left out.']);
});

test('an optimizer or a loss that a recipe does not have is refused by name', () => {
  const refused = (saved: object) => () => settings(saved);
  expect(
    refused({ loss: 'mse', optimizer_config: { class_name: 'Custom>Lookahead', config: {} } }),
  ).toThrow(/optimizer.*Lookahead/s);
  expect(refused({ loss: 'my_loss', optimizer_config: { class_name: 'SGD', config: {} } })).toThrow(
    /loss.*my_loss/s,
  );
});

test('a file that was saved without compile has no settings', () => {
  expect(convertCompile(null)).toBeNull();
  expect(convertCompile({ steps_per_execution: 1 })).toBeNull();
  expect(convertCompile({ loss: 'mse' })).toBeNull();
});

test.each([
  ['3.15.1', 'keras3'],
  ['2.15.0', 'keras2'],
  ['tfjs-layers v4.22.0', 'none'],
])('masks of outputs weigh as in what saved the file, %s', (kerasVersion, outputMasks) => {
  const masking = { class_name: 'Masking', config: { name: 'shown' } };
  const masked = {
    class_name: 'Sequential',
    config: { layers: [...model.config.layers, masking] },
  };
  const masksOf = (config: object) => {
    const container = {
      kerasVersion,
      config,
      compile: null,
      bytes: 1,
      optimizerBytes: 0,
      notes: [],
    };
    return readContainer({ ...container, weights: null, close: () => undefined }, '').outputMasks;
  };
  expect(masksOf(masked)).toBe(outputMasks);
  expect(masksOf(model)).toBe('keras3');
});
