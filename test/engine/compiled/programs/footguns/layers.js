// Penalties, masks and quirks of layers' ops.
import { trace } from '../../../../../dist/grader/engine/compiled/trace/trace.js';
import { tf } from '../../../../../dist/grader/engine/tensorflow/tf.js';
import { apart, compiled, dense, eager, layer, randomRows, rowsUpTo } from './training.js';

const squares = (values) => values.reduce((sum, value) => sum + value ** 2, 0);
const sizes = (values) => values.reduce((sum, value) => sum + Math.abs(value), 0);

async function lossOf(trainer, rows) {
  const { logs } = await trainer.steps([rows], () => 0);
  const weights = trainer.weights();
  trainer.dispose();
  return { loss: logs.loss, weights };
}

const embedding = layer('Embedding', { input_dim: 9, output_dim: 3, mask_zero: true });
const settings = { units: 4, recurrent_activation: 'sigmoid' };
const masked = {
  GRU: [embedding, layer('GRU', settings), dense(1)],
  LSTM: [embedding, layer('LSTM', settings), dense(1)],
  mean: [embedding, layer('GlobalAveragePooling1D'), dense(1)],
};

/** Losses of sentences and of the same sentences with zeros behind them. */
async function withPadding(native, [name, layers]) {
  const sentences = [
    [1, 5, 2],
    [7, 8, 3],
  ];
  const task = { words: true, targets: [[1], [-1]], layers };
  const padded = sentences.map((sentence) => [...sentence, 0, 0]);
  const short = await lossOf(await compiled(native, { ...task, inputs: sentences }), [0, 1]);
  const long = await lossOf(await compiled(native, { ...task, inputs: padded }), [0, 1]);
  return { name, difference: apart([short.loss], [long.loss]), weights: long.weights.length };
}

export const layerTraps = {
  regularizers: async (native) => {
    const l1l2 = layer('L1L2', { l1: 0.01, l2: 0.02 });
    const task = { inputs: randomRows(8, 3), targets: randomRows(8, 1, 2) };
    const regularized = { kernel_regularizer: l1l2, bias_regularizer: l1l2 };
    const plain = await lossOf(
      await compiled(native, { ...task, layers: [dense(1)] }),
      rowsUpTo(8),
    );
    const layers = [dense(1, regularized)];
    const { loss, weights } = await lossOf(
      await compiled(native, { ...task, layers }),
      rowsUpTo(8),
    );
    const penalty = 0.01 * sizes(weights.flat()) + 0.02 * squares(weights.flat());
    return { penalty, difference: apart([plain.loss + penalty], [loss]) };
  },

  masks: async (native) => {
    const layers = [];
    for (const entry of Object.entries(masked)) layers.push(await withPadding(native, entry));
    return { layers };
  },

  'means of booleans': async (native) => {
    const labels = rowsUpTo(20).map((row) => row % 3);
    const task = {
      ...{ inputs: randomRows(20, 4), targets: labels, labels: true, metrics: ['accuracy'] },
      ...{ layers: [dense(3, { activation: 'softmax' })], batch: 8 },
      loss: layer('SparseCategoricalCrossentropy'),
    };
    const byOp = await eager(task);
    const wanted = await byOp.evaluate(rowsUpTo(20));
    byOp.dispose();
    const graph = await compiled(native, task);
    const found = await graph.evaluate(rowsUpTo(20));
    graph.dispose();
    return { wanted: wanted.accuracy, found: found.accuracy, attributes: attributesOfMeans() };
  },
};

/** The types of reductions' inputs, and those that their attribute names. */
function attributesOfMeans() {
  const program = trace({
    inputs: [{ name: 'x', shape: [4], dtype: 'float32' }],
    variables: [],
    body: ([x]) => {
      const isLarge = tf.greater(x, 0.5);
      const ids = tf.cast(x, 'int32');
      return { share: tf.mean(isLarge), sum: tf.sum(ids), most: tf.max(ids), best: tf.argMax(ids) };
    },
  });
  const types = new Map();
  const known = [
    ...program.inputs.map(({ value }) => value),
    ...program.operations.flatMap(outputs),
  ];
  for (const { id, dtype } of known) types.set(id, dtype);
  return program.operations
    .filter(({ op }) => ['Mean', 'Sum', 'Max', 'ArgMax'].includes(op))
    .map(({ op, attributes, inputs }) => ({
      ...{ op, named: attributes.T.type },
      input: types.get(inputs[0]),
    }));
}

function outputs(operation) {
  return operation.outputs;
}
