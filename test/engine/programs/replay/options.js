// What a replay varies besides the model: optimizers, losses, options of fit, augmentation.
import { dense, layer } from './models.js';

const optimizer = (class_name, config) => ({ class_name, config });

/** An epsilon of 1e-3 keeps float noise of tiny gradients out of Adam's kind of optimizer. */
const adam = { learning_rate: 0.01, beta_1: 0.9, beta_2: 0.999, epsilon: 1e-3 };

export const defaults = {
  optimizer: optimizer('Adam', adam),
  loss: layer('MeanSquaredError'),
  metrics: ['mae'],
  fit: {
    ...{ epochs: 2, batch_size: 8, steps_per_epoch: null, validation_split: 0 },
    ...{ validation_freq: 1, shuffle: true, seed: null, class_weight: null, callbacks: [] },
  },
  augmentation: null,
};

const sgd = { learning_rate: 0.05 };
const rmsprop = { learning_rate: 0.01, rho: 0.9, epsilon: 1e-3 };

export const optimizers = {
  SGD: optimizer('SGD', sgd),
  'SGD momentum': optimizer('SGD', { ...sgd, momentum: 0.9 }),
  'SGD Nesterov': optimizer('SGD', { ...sgd, momentum: 0.9, nesterov: true }),
  Adam: optimizer('Adam', adam),
  'Adam amsgrad': optimizer('Adam', { ...adam, amsgrad: true }),
  AdamW: optimizer('AdamW', { ...adam, weight_decay: 0.02 }),
  Adamax: optimizer('Adamax', adam),
  Nadam: optimizer('Nadam', adam),
  RMSprop: optimizer('RMSprop', rmsprop),
  'RMSprop centered, momentum': optimizer('RMSprop', { ...rmsprop, centered: true, momentum: 0.5 }),
  'RMSprop momentum': optimizer('RMSprop', { ...rmsprop, momentum: 0.5 }),
  Adagrad: optimizer('Adagrad', {
    ...{ learning_rate: 0.05, initial_accumulator_value: 0.1, epsilon: 1e-3 },
  }),
  Adadelta: optimizer('Adadelta', { learning_rate: 1, rho: 0.95, epsilon: 1e-3 }),
  'SGD clipnorm': optimizer('SGD', { ...sgd, clipnorm: 0.1 }),
  'SGD clipvalue': optimizer('SGD', { ...sgd, clipvalue: 0.02 }),
  'Adam global_clipnorm': optimizer('Adam', { ...adam, global_clipnorm: 0.1 }),
  'SGD weight decay': optimizer('SGD', { ...sgd, weight_decay: 0.1 }),
  Lion: optimizer('Lion', { learning_rate: 0.01, beta_1: 0.9, beta_2: 0.99, weight_decay: 0.1 }),
  Ftrl: optimizer('Ftrl', {
    ...{ learning_rate: 0.05, learning_rate_power: -0.5, initial_accumulator_value: 0.1 },
    ...{ l1_regularization_strength: 0.01, l2_regularization_strength: 0.02, beta: 0.1 },
  }),
  Adafactor: optimizer('Adafactor', { learning_rate: 0.05, epsilon_1: 1e-6, weight_decay: 0.1 }),
  'Adam on a schedule': optimizer('Adam', {
    ...adam,
    learning_rate: layer('ExponentialDecay', {
      ...{ initial_learning_rate: 0.05, decay_steps: 2, decay_rate: 0.7, staircase: false },
    }),
  }),
};

const classes = (outputs, config) => ({
  input: [6],
  output: [outputs],
  layers: [dense(5, { activation: 'relu' }), dense(outputs, config)],
});
const accuracy = { metrics: ['accuracy'] };
const confusion = { metrics: ['auc', 'accuracy', 'precision', 'recall', 'binary_accuracy'] };
const labels = (count) => ({ targets: 'labels', classes: count });
const logits = { from_logits: true, label_smoothing: 0 };

/** Name to model, loss and kind of targets. */
export const losses = {
  ...Object.fromEntries(
    ['MeanSquaredError', 'MeanAbsoluteError', 'LogCosh'].map((name) => [
      name,
      { model: classes(2), loss: layer(name), metrics: ['mae', 'mse'] },
    ]),
  ),
  Huber: { model: classes(2), loss: layer('Huber', { delta: 0.3 }), metrics: ['mae'] },
  ...Object.fromEntries(
    [
      ...['MeanAbsolutePercentageError', 'MeanSquaredLogarithmicError', 'Poisson'],
      ...['CosineSimilarity', 'KLDivergence', 'Hinge', 'SquaredHinge', 'Dice', 'Tversky'],
    ].map((name) => [
      name,
      {
        ...{ model: classes(2, { activation: 'softplus' }), loss: layer(name) },
        metrics: ['rmse', 'mape', 'msle', 'cosine_similarity'],
      },
    ]),
  ),
  ...Object.fromEntries(
    ['BinaryFocalCrossentropy', 'Hinge', 'SquaredHinge', 'Dice'].map((name) => [
      `${name} of labels`,
      {
        ...{ model: classes(1, { activation: 'sigmoid' }), loss: layer(name) },
        ...{ ...labels(2), ...confusion },
      },
    ]),
  ),
  ...Object.fromEntries(
    ['CategoricalFocalCrossentropy', 'CategoricalHinge', 'KLDivergence', 'Tversky'].map((name) => [
      `${name} of labels`,
      {
        ...{ model: classes(7, { activation: 'softmax' }), loss: layer(name), ...labels(7) },
        metrics: ['categorical_accuracy', 'auc', 'top_k_categorical_accuracy'],
      },
    ]),
  ),
  CategoricalGeneralizedCrossEntropy: {
    model: classes(7, { activation: 'softmax' }),
    loss: layer('CategoricalGeneralizedCrossEntropy', { q: 0.6 }),
    ...labels(7),
    metrics: ['sparse_categorical_accuracy', 'sparse_top_k_categorical_accuracy'],
  },
  'SparseCategoricalCrossentropy without a class': {
    model: classes(3, { activation: 'softmax' }),
    loss: layer('SparseCategoricalCrossentropy', { ignore_class: 1 }),
    ...{ ...labels(3), ...accuracy },
  },
  ...Object.fromEntries(
    ['sum', 'mean_with_sample_weight'].map((reduction) => [
      `${reduction} of weighted losses`,
      {
        ...{ model: classes(2), loss: layer('MeanSquaredError', { reduction }) },
        ...{ metrics: [], sampleWeights: true },
      },
    ]),
  ),
  BinaryCrossentropy: {
    ...{ model: classes(1, { activation: 'sigmoid' }), loss: layer('BinaryCrossentropy') },
    ...{ targets: 'labels', classes: 2, ...accuracy },
  },
  'BinaryCrossentropy from logits': {
    ...{ model: classes(1), loss: layer('BinaryCrossentropy', logits) },
    ...{ targets: 'labels', classes: 2, ...accuracy },
  },
  'CategoricalCrossentropy, label smoothing': {
    model: classes(3, { activation: 'softmax' }),
    loss: layer('CategoricalCrossentropy', { label_smoothing: 0.1 }),
    ...{ targets: 'labels', classes: 3, ...accuracy },
  },
  'CategoricalCrossentropy from logits': {
    ...{ model: classes(3), loss: layer('CategoricalCrossentropy', logits) },
    ...{ targets: 'labels', classes: 3, ...accuracy },
  },
  SparseCategoricalCrossentropy: {
    model: classes(3, { activation: 'softmax' }),
    loss: layer('SparseCategoricalCrossentropy'),
    ...{ targets: 'labels', classes: 3, ...accuracy },
  },
  'SparseCategoricalCrossentropy from logits': {
    ...{ model: classes(3), loss: layer('SparseCategoricalCrossentropy', logits) },
    ...{ targets: 'labels', classes: 3, ...accuracy },
  },
};

const images = {
  ...{ input: [9, 8, 2], output: [1] },
  layers: [layer('Conv2D', { filters: 2, kernel_size: 3 }), layer('Flatten'), dense(1)],
};
const augmented = (fill_mode, more = {}) => ({
  model: images,
  augmentation: {
    ...{ rotation_range: 30, width_shift_range: 0.2, height_shift_range: 0.2, shear_range: 10 },
    ...{ zoom_range: [0.7, 1.2], horizontal_flip: true, vertical_flip: true },
    ...{ fill_mode, cval: 0.3 },
    ...{ channel_shift_range: 0, brightness_range: null },
    ...{ samplewise_center: false, samplewise_std_normalization: false },
    ...more,
  },
});

/** Options of `fit` and of the data. */
export const fits = {
  'steps per epoch': { fit: { steps_per_epoch: 3, epochs: 4 } },
  'validation split': { fit: { validation_split: 0.3 } },
  'validation every other epoch': { fit: { epochs: 3, validation_freq: 2 } },
  'no shuffling': { fit: { shuffle: false } },
  'batch larger than the data': { fit: { batch_size: 64, epochs: 4 } },
  'class weights': {
    ...losses['SparseCategoricalCrossentropy'],
    fit: { class_weight: { 0: 2, 2: 0.25 } },
  },
  'sample weights': { sampleWeights: true },
  'sample weights of sequences': {
    model: { input: [5, 2], output: [5, 1], layers: [dense(3), dense(1)] },
    sampleWeights: true,
  },
  'rate reduced on a plateau': {
    fit: {
      epochs: 4,
      callbacks: [
        layer('ReduceLROnPlateau', {
          ...{ monitor: 'val_loss', factor: 0.5, patience: 1, mode: 'auto' },
          ...{ min_delta: 10, cooldown: 0, min_lr: 0 },
        }),
      ],
    },
  },
  'rate scheduled over a plateau': {
    fit: {
      epochs: 3,
      callbacks: [
        layer('LearningRateScheduler', { values: [0.03, 0.02, 0.01] }),
        layer('ReduceLROnPlateau', {
          ...{ monitor: 'val_loss', factor: 0.1, patience: 1, mode: 'auto' },
          ...{ min_delta: 10, cooldown: 0, min_lr: 0 },
        }),
      ],
    },
  },
  'best epoch kept': {
    fit: {
      epochs: 4,
      callbacks: [
        layer('ModelCheckpoint', { monitor: 'val_loss', mode: 'max', save_best_only: true }),
      ],
    },
  },
  ...Object.fromEntries(
    ['nearest', 'reflect', 'constant', 'wrap'].map((fill) => [
      `augmentation ${fill}`,
      augmented(fill),
    ]),
  ),
  'augmentation of colours': augmented('nearest', {
    ...{ channel_shift_range: 0.2, brightness_range: [0.5, 1.5] },
    ...{ samplewise_center: true, samplewise_std_normalization: true },
  }),
};
