// The reference models with the shapes of their problems, each described once for every contender:
// Keras layers as JSON (without the input layer), and from what rule inputs and targets are drawn.

const adam = {
  class_name: 'Adam',
  config: { learning_rate: 1e-3, beta_1: 0.9, beta_2: 0.999, epsilon: 1e-7, amsgrad: false },
};
const momentum = {
  class_name: 'SGD',
  config: { learning_rate: 1e-5, momentum: 0.9, nesterov: false },
};
const glorot = { class_name: 'GlorotUniform', config: {} };

const layer = (class_name, config = {}) => ({ class_name, config });

const dense = (units, activation = 'linear') =>
  layer('Dense', { units, activation, kernel_initializer: glorot });

const convolution = (filters) => [
  layer('Conv2D', {
    filters,
    kernel_size: [3, 3],
    activation: 'relu',
    kernel_initializer: glorot,
  }),
  layer('MaxPooling2D', { pool_size: [2, 2] }),
];

const lstm = (units, return_sequences) =>
  layer('LSTM', {
    units,
    return_sequences,
    activation: 'tanh',
    recurrent_activation: 'sigmoid',
    kernel_initializer: glorot,
    recurrent_initializer: { class_name: 'Orthogonal', config: {} },
  });

const embedding = (vocabulary) => layer('Embedding', { input_dim: vocabulary, output_dim: 16 });

const regression = {
  loss: { class_name: 'MeanSquaredError', config: {} },
  optimizer: adam,
  metrics: ['mae'],
};
const classification = {
  loss: { class_name: 'SparseCategoricalCrossentropy', config: {} },
  optimizer: adam,
  metrics: ['accuracy'],
};
const yesOrNo = {
  loss: { class_name: 'BinaryCrossentropy', config: {} },
  optimizer: adam,
  metrics: ['accuracy'],
  targets: { kind: 'above-mean' },
};

/** `unit` names what `unitsPerRow` counts: a sentence of 120 words is 120 tokens. */
const rowsOf = { unit: 'rows', unitsPerRow: 1 };
const images = { unit: 'images', unitsPerRow: 1 };
const tokens = (length) => ({ unit: 'tokens', unitsPerRow: length });

function denseNet({ rows = 6400 } = {}) {
  return {
    ...{ name: 'dense', title: 'dense 9-64-64-1', batch: 32, rows, ...rowsOf, ...regression },
    ...{ input: [9], inputs: { kind: 'uniform' }, targets: { kind: 'projection' } },
    layers: [dense(64, 'relu'), dense(64, 'relu'), dense(1)],
  };
}

function embeddingMean() {
  return {
    ...{ name: 'gap', title: 'embedding + mean of 120 words', batch: 32, rows: 6400 },
    ...{ ...tokens(120), ...yesOrNo, input: [120], inputs: { kind: 'integers', below: 1000 } },
    layers: [
      embedding(1000),
      layer('GlobalAveragePooling1D'),
      dense(24, 'relu'),
      dense(1, 'sigmoid'),
    ],
  };
}

function mlp({ batch = 32, width = 512, rows = 3200 } = {}) {
  return {
    ...{ name: 'mlp', title: `MLP 784-${width}-${width}-10`, batch, rows, ...rowsOf },
    ...{ ...classification, input: [784], inputs: { kind: 'uniform' } },
    targets: { kind: 'classes', count: 10 },
    layers: [dense(width, 'relu'), dense(width, 'relu'), dense(10, 'softmax')],
  };
}

function fashionCnn() {
  return {
    ...{ name: 'cnn', title: 'CNN on 28x28', batch: 128, rows: 3840, ...images, ...classification },
    ...{ input: [28, 28, 1], inputs: { kind: 'uniform' }, targets: { kind: 'classes', count: 10 } },
    layers: [
      ...[
        ...convolution(32),
        ...convolution(64),
        layer('Flatten'),
        layer('Dropout', { rate: 0.3 }),
      ],
      ...[dense(128, 'relu'), dense(10, 'softmax')],
    ],
  };
}

function handsCnn() {
  return {
    ...{ name: 'cnn150', title: 'CNN on 150x150x3', batch: 32, rows: 96, ...images },
    ...{ ...classification, input: [150, 150, 3], inputs: { kind: 'uniform' } },
    targets: { kind: 'classes', count: 3 },
    layers: [
      ...[64, 64, 128, 128].flatMap(convolution),
      ...[
        layer('Flatten'),
        layer('Dropout', { rate: 0.5 }),
        dense(512, 'relu'),
        dense(3, 'softmax'),
      ],
    ],
  };
}

function sentences({ name, vocabulary = 1000, batch = 32, rows = 960, length = 120 }) {
  return {
    ...{ name, title: `BiLSTM(32), ${length} words of ${vocabulary}`, batch, rows },
    ...{ ...tokens(length), ...yesOrNo },
    ...{ input: [length], inputs: { kind: 'integers', below: vocabulary } },
    layers: [
      ...[embedding(vocabulary), layer('Bidirectional', { layer: lstm(32, false) })],
      ...[dense(24, 'relu'), dense(1, 'sigmoid')],
    ],
  };
}

function forecast({ name, length }) {
  return {
    ...{ name, title: `Conv1D + 2 LSTM(60), ${length} months`, batch: 100, rows: 3000 },
    ...{ unit: 'months', unitsPerRow: length, input: [length, 1], inputs: { kind: 'uniform' } },
    ...{ targets: { kind: 'moving-mean' }, loss: { class_name: 'Huber', config: { delta: 1 } } },
    ...{ optimizer: momentum, metrics: ['mae'] },
    layers: [
      layer('Conv1D', {
        ...{ filters: 60, kernel_size: [5], padding: 'causal', activation: 'relu' },
        kernel_initializer: glorot,
      }),
      ...[lstm(60, true), lstm(60, true), dense(30, 'relu'), dense(10, 'relu'), dense(1)],
    ],
  };
}

/** Those that `--quick` runs: dense, embedding, convolution and recurrent layers in small models. */
export const quickNames = ['dense', 'gap', 'cnn', 'ts'];

export const workloads = [
  denseNet(),
  embeddingMean(),
  mlp(),
  fashionCnn(),
  handsCnn(),
  sentences({ name: 'bilstm' }),
  sentences({ name: 'bilstm128', vocabulary: 10_000, batch: 128, rows: 2560 }),
  forecast({ name: 'ts', length: 30 }),
  forecast({ name: 'ts60', length: 60 }),
];

/** One workload grown along one axis; `base` names the workload whose settings are taken. */
export const growths = [
  {
    axis: 'batch',
    base: 'mlp',
    sizes: [8, 32, 128, 512],
    at: (batch) => mlp({ batch, rows: 4096 }),
  },
  { axis: 'width', base: 'mlp', sizes: [128, 256, 512, 1024], at: (width) => mlp({ width }) },
  {
    axis: 'length',
    base: 'bilstm',
    sizes: [30, 60, 120, 240],
    at: (length) => sentences({ name: 'bilstm', length }),
  },
  {
    axis: 'rows',
    base: 'dense',
    sizes: [1600, 6400, 25_600, 102_400],
    at: (rows) => denseNet({ rows }),
  },
];
