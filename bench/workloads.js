/** Keras-style models of the reference solutions' kinds, with the shapes of their problems. */
const glorot = { class_name: 'GlorotUniform', config: {} };

const dense = (units, activation = 'linear', more = {}) => ({
  class_name: 'Dense',
  config: { units, activation, use_bias: true, kernel_initializer: glorot, ...more },
});

const conv2d = (filters, more = {}) => ({
  class_name: 'Conv2D',
  config: { filters, kernel_size: [3, 3], activation: 'relu', kernel_initializer: glorot, ...more },
});

const lstm = (units, more = {}) => ({
  class_name: 'LSTM',
  config: {
    ...{ units, activation: 'tanh', recurrent_activation: 'sigmoid', return_sequences: true },
    ...{
      kernel_initializer: glorot,
      recurrent_initializer: { class_name: 'Orthogonal', config: {} },
    },
    ...more,
  },
});

const layer = (class_name, config = {}) => ({ class_name, config });

export const workloads = [
  {
    name: 'dense 9-64-64-1',
    batch: 32,
    input: [9],
    output: [1],
    loss: 'MeanSquaredError',
    layers: [dense(64, 'relu', { batch_input_shape: [null, 9] }), dense(64, 'relu'), dense(1)],
  },
  {
    name: 'convolutions on 28x28',
    batch: 128,
    input: [28, 28, 1],
    classes: 10,
    loss: 'SparseCategoricalCrossentropy',
    layers: [
      conv2d(32, { batch_input_shape: [null, 28, 28, 1] }),
      layer('MaxPooling2D', { pool_size: [2, 2] }),
      conv2d(64),
      layer('MaxPooling2D', { pool_size: [2, 2] }),
      layer('Flatten'),
      dense(128, 'relu'),
      dense(10, 'softmax'),
    ],
  },
  {
    name: 'embedding and mean, 120 words',
    batch: 64,
    input: [120],
    vocabulary: 10_000,
    output: [1],
    loss: 'BinaryCrossentropy',
    layers: [
      layer('Embedding', { input_dim: 10_000, output_dim: 16, batch_input_shape: [null, 120] }),
      layer('GlobalAveragePooling1D'),
      dense(24, 'relu'),
      dense(1, 'sigmoid'),
    ],
  },
  {
    name: 'two LSTM on 30 months',
    batch: 64,
    input: [30, 1],
    output: [30, 1],
    loss: 'MeanSquaredError',
    layers: [lstm(32, { batch_input_shape: [null, 30, 1] }), lstm(32), dense(1)],
  },
];
