import { expect, test } from '@jest/globals';
import { convertCompile } from '../../grader/keras/convert/compile.ts';
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
    config: { from_logits: false, label_smoothing: 0 },
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
  expect(loss.config).toEqual({ from_logits: true });
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
  const { metrics, notes } = settings({
    loss: { class_name: 'function', config: 'mean_absolute_error' },
    metrics: ['mse', { class_name: 'AUC', config: { name: 'auc' } }],
    optimizer_config: { class_name: 'SGD', config: {} },
  });
  expect(metrics).toEqual(['mse']);
  expect(notes).toEqual([
    'The metric {"class_name":"AUC","config":{"name":"auc"}} is not known and left out.',
  ]);
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
