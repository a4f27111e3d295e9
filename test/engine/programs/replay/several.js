// Tasks with several inputs and outputs, as functional graphs of Keras JSON.
import { layer } from './models.js';
import { optimizers } from './options.js';

const input = (name, shape, dtype = 'float32') => ({
  ...{ class_name: 'InputLayer', name, inbound_nodes: [] },
  config: { name, dtype, batch_input_shape: [null, ...shape] },
});

/** A layer that is called once for each of `calls`, which are the names of what it takes. */
const node = (class_name, name, config, ...calls) => ({
  ...{ class_name, name, config: { name, ...config } },
  inbound_nodes: calls.map((call) => [call].flat().map((from) => [...endOf(from), {}])),
});

/** `shared:1` is what the second call of the layer `shared` gives, `read:0:2` a third output. */
function endOf(from) {
  const [name, call = '0', output = '0'] = from.split(':');
  return [name, Number(call), Number(output)];
}

const graph = (layers, outputs) => ({
  name: 'graph',
  layers,
  input_layers: layers
    .filter(({ class_name }) => class_name === 'InputLayer')
    .map(({ name }) => endOf(name)),
  output_layers: outputs.map(endOf),
});

const l2 = layer('L1L2', { l1: 0.01, l2: 0.05 });
const rows = { loss: layer('MeanSquaredError'), metrics: ['mae'], output: [1] };
const kinds = {
  ...{ loss: layer('SparseCategoricalCrossentropy'), metrics: ['accuracy'] },
  ...{ targets: 'labels', classes: 3 },
};
const yesOrNo = {
  ...{ loss: layer('BinaryCrossentropy'), metrics: ['accuracy', 'mae'] },
  ...{ targets: 'labels', classes: 2 },
};

const joined = {
  inputs: [{ input: [6] }, { input: [4] }],
  graph: graph(
    [
      input('a', [6]),
      input('b', [4]),
      node('Dense', 'left', { units: 4, activation: 'tanh' }, 'a'),
      node('Dense', 'right', { units: 3, activation: 'sigmoid' }, 'b'),
      node('Concatenate', 'joined', {}, ['left', 'right']),
      node('Dense', 'out', { units: 1 }, 'joined'),
    ],
    ['out'],
  ),
};

const forked = {
  inputs: [{ input: [6] }],
  graph: graph(
    [
      input('a', [6]),
      node('Dense', 'hidden', { units: 5, activation: 'tanh' }, 'a'),
      node('Dense', 'value', { units: 1 }, 'hidden'),
      node('Dense', 'kind', { units: 3, activation: 'softmax' }, 'hidden'),
    ],
    ['value', 'kind'],
  ),
};
const forks = [
  { ...rows, lossWeight: 0.7 },
  { ...kinds, lossWeight: 2 },
];

const shared = {
  inputs: [{ input: [5] }, { input: [5] }],
  graph: graph(
    [
      input('a', [5]),
      input('b', [5]),
      node(
        'Dense',
        'shared',
        { units: 4, activation: 'tanh', kernel_regularizer: l2, bias_regularizer: l2 },
        'a',
        'b',
      ),
      node('Add', 'sum', {}, ['shared', 'shared:1']),
      node('Dense', 'left', { units: 1, kernel_constraint: layer('NonNeg') }, 'sum'),
      node('Dense', 'right', { units: 1, activation: 'sigmoid' }, 'shared:1'),
    ],
    ['left', 'right'],
  ),
};
const sides = [rows, { ...yesOrNo, lossWeight: 0.3 }];

const wordsAndLines = {
  inputs: [{ input: [7], vocabulary: 12 }, { input: [7, 3] }],
  graph: graph(
    [
      input('words', [7], 'int32'),
      input('lines', [7, 3]),
      node('Embedding', 'known', { input_dim: 12, output_dim: 4, mask_zero: true }, 'words'),
      node('LSTM', 'read', { units: 4, recurrent_activation: 'sigmoid' }, 'known'),
      node('GRU', 'seen', { units: 3, recurrent_activation: 'sigmoid' }, 'lines'),
      node('Concatenate', 'joined', {}, ['read', 'seen']),
      node('Dense', 'kind', { units: 3, activation: 'softmax' }, 'joined'),
      node('Dense', 'steps', { units: 2 }, 'lines'),
    ],
    ['kind', 'steps'],
  ),
};
const steps = { loss: layer('MeanAbsoluteError'), metrics: ['mse'], output: [7, 2] };

const oneLayer = {
  ...shared,
  graph: graph(
    [
      input('a', [5]),
      input('b', [5]),
      node('Dense', 'out', { units: 1, kernel_regularizer: l2 }, 'a', 'b'),
    ],
    ['out', 'out:1'],
  ),
};

const pictures = {
  inputs: [{ input: [9, 8, 2] }, { input: [4] }],
  graph: graph(
    [
      input('picture', [9, 8, 2]),
      input('numbers', [4]),
      node('Conv2D', 'conv', { filters: 3, kernel_size: 3, activation: 'relu' }, 'picture'),
      node('BatchNormalization', 'normal', {}, 'conv'),
      node('GlobalAveragePooling2D', 'mean', {}, 'normal'),
      node('Dense', 'hidden', { units: 4, activation: 'tanh' }, 'numbers'),
      node('Dropout', 'some', { rate: 0.3 }, 'hidden'),
      node('Concatenate', 'joined', {}, ['mean', 'some']),
      node('Dense', 'value', { units: 1 }, 'joined'),
    ],
    ['value', 'mean'],
  ),
};

const embedding = { input_dim: 12, output_dim: 4, mask_zero: true };
const sigmoid = { recurrent_activation: 'sigmoid' };

function states(class_name, name, units) {
  const config = { name, units, return_sequences: true, return_state: true, ...sigmoid };
  return layer(class_name, config);
}

const twice = {
  inputs: [{ input: [7, 3] }, { input: [7, 3] }],
  graph: graph(
    [
      input('a', [7, 3]),
      input('b', [7, 3]),
      node('BatchNormalization', 'normal', {}, 'a', 'b'),
      node('Dropout', 'some', { rate: 0.3 }, 'normal', 'normal:1'),
      node('LSTM', 'read', { units: 3, recurrent_activation: 'sigmoid' }, 'some', 'some:1'),
      node('Dense', 'left', { units: 1 }, 'read'),
      node('Dense', 'right', { units: 1 }, 'read:1'),
    ],
    ['left', 'right'],
  ),
};

const attended = (...layers) => ({
  inputs: [{ input: [7], vocabulary: 12 }, { input: [7, 3] }],
  graph: graph(
    [
      input('words', [7], 'int32'),
      input('lines', [7, 3]),
      node('Embedding', 'known', { input_dim: 12, output_dim: 4, mask_zero: true }, 'words'),
      node('Dense', 'seen', { units: 4 }, 'lines'),
      ...layers,
      node('GRU', 'read', { units: 3, recurrent_activation: 'sigmoid' }, 'attended'),
      node('Dense', 'value', { units: 1 }, 'read'),
    ],
    ['value'],
  ),
});
const causal = { use_causal_mask: true, dropout: 0.2, seed: 4 };
const heads = { num_heads: 2, key_dim: 3, dropout: 0.2 };
const handed = {
  inputs: [
    { input: [7], vocabulary: 12 },
    { input: [5], vocabulary: 12 },
  ],
  graph: graph(
    [
      input('source', [7], 'int32'),
      input('target', [5], 'int32'),
      node('Embedding', 'known', embedding, 'source', 'target'),
      node('LSTM', 'encoder', { units: 4, return_state: true, ...sigmoid }, 'known'),
      node(
        'LSTM',
        'decoder',
        { units: 4, return_sequences: true, return_state: true, mask_from_state: true, ...sigmoid },
        ['known:1', 'encoder:0:1', 'encoder:0:2'],
      ),
      node('LSTM', 'again', { units: 4, return_state: true, ...sigmoid }, [
        ...['decoder', 'decoder:0:1', 'decoder:0:2'],
      ]),
      node('Concatenate', 'states', {}, ['again', 'again:0:2']),
      node('Dense', 'left', { units: 1 }, 'states'),
      node('GRU', 'steps', { units: 3, dropout: 0.2, recurrent_dropout: 0.2 }, 'decoder'),
      node('Dense', 'right', { units: 1 }, 'steps'),
    ],
    ['left', 'right'],
  ),
};

const bothWays = {
  inputs: [{ input: [6, 3] }],
  graph: graph(
    [
      input('lines', [6, 3]),
      node(
        'Bidirectional',
        'first',
        { layer: states('GRU', 'one', 3), merge_mode: 'ave' },
        'lines',
      ),
      node('Bidirectional', 'second', { layer: states('GRU', 'two', 3), merge_mode: null }, [
        'first',
        'first:0:1',
        'first:0:2',
      ]),
      node('SimpleRNN', 'back', { units: 3, go_backwards: true }, ['second:0:1', 'second:0:2']),
      node('Dense', 'left', { units: 1 }, 'back'),
      node('GlobalAveragePooling1D', 'mean', {}, 'second'),
      node('Dense', 'right', { units: 1 }, 'mean'),
    ],
    ['left', 'right'],
  ),
};

/** Keras puts a one in the place of masked factors. */
const maskedProduct = {
  inputs: [{ input: [5], vocabulary: 9 }],
  graph: graph(
    [
      input('words', [5], 'int32'),
      node('Embedding', 'known', { input_dim: 9, output_dim: 3, mask_zero: true }, 'words'),
      node('Multiply', 'squared', {}, ['known', 'known']),
      node('Maximum', 'most', {}, ['known', 'squared']),
      node('GRU', 'read', { units: 3 }, 'most'),
      node('Dense', 'out', { units: 1 }, 'read'),
    ],
    ['out'],
  ),
};

/** Name to task. */
export const several = {
  'a product of masked sequences': { model: maskedProduct, goals: [rows] },
  'two inputs': { model: joined, goals: [rows] },
  'attention with dropout': {
    goals: [rows],
    model: attended(
      node('Attention', 'attended', { use_scale: true, ...causal }, ['known', 'seen']),
    ),
  },
  'additive attention to a masked sequence': {
    goals: [rows],
    model: attended(node('AdditiveAttention', 'attended', causal, ['seen', 'known'])),
  },
  'heads with dropout': {
    goals: [rows],
    model: attended(
      node('MultiHeadAttention', 'crossed', { ...heads, use_gate: true }, ['known', 'seen']),
      node('Add', 'sum', {}, ['known', 'crossed']),
      node('MultiHeadAttention', 'attended', heads, ['sum', 'sum', 'known']),
    ),
  },
  'two inputs, sample weights': { model: joined, goals: [rows], sampleWeights: true },
  'two outputs': { model: forked, goals: forks },
  'two outputs, sample weights': { model: forked, goals: forks, sampleWeights: true },
  'two outputs, Nadam, clipped': {
    ...{ model: forked, goals: forks },
    optimizer: { ...optimizers.Nadam, config: { ...optimizers.Nadam.config, clipvalue: 0.05 } },
  },
  'two outputs, rows in their order, split': {
    ...{ model: forked, goals: forks, fit: { shuffle: false, validation_split: 0.3 } },
  },
  'a shared layer': { model: shared, goals: sides },
  'a shared layer, SGD global_clipnorm': {
    ...{ model: shared, goals: sides },
    optimizer: layer('SGD', { learning_rate: 0.05, momentum: 0.9, global_clipnorm: 0.1 }),
  },
  'words and lines': { model: wordsAndLines, goals: [kinds, steps] },
  'words and lines, sample weights': {
    ...{ model: wordsAndLines, goals: [kinds, { ...steps, lossWeight: 0.2 }] },
    ...{ sampleWeights: true, fit: { steps_per_epoch: 2, epochs: 4 } },
  },
  'one layer for both outputs': {
    ...{ model: oneLayer, goals: [rows, { ...rows, metrics: ['mse', 'mae'] }] },
  },
  'one output with two losses': {
    model: { ...forked, graph: graph(forked.graph.layers.slice(0, 3), ['value', 'value']) },
    goals: [rows, { ...rows, loss: layer('MeanAbsoluteError'), lossWeight: 0.5 }],
  },
  'BatchNormalization and dropout of pictures and numbers, an output inside': {
    ...{ model: pictures, goals: [rows, { ...rows, output: [3] }] },
  },
  'states handed on': { model: handed, goals: [rows, { ...rows, lossWeight: 2 }] },
  'states of both directions': { model: bothWays, goals: [rows, rows] },
  'BatchNormalization, dropout and LSTM shared': {
    ...{ model: twice, goals: [rows, { ...rows, lossWeight: 3 }] },
  },
};
