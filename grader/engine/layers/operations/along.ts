import type { StoredLayerOptions } from '../../../recipe/layers.ts';
import { productOf } from '../../../sizes.ts';
import { tf, type Tensor } from '../../tensorflow/tf.ts';
import { overLastAxis } from '../activation/softmax.ts';
import { layer, passesMask } from '../definition.ts';
import { ownAxes, sizeOf, valuesOf } from '../shapes.ts';

type Name = StoredLayerOptions<'Along'>['function'];

const functions: Readonly<Record<Name, (x: Tensor, axis: number) => Tensor>> = {
  // TF.js's gradient is that of the last axis.
  cumsum: (x, axis) => overLastAxis(x, axis, (values) => tf.cumsum(values, values.rank - 1)),
  glu,
  log_softmax: (x, axis) => overLastAxis(x, axis, (values) => tf.logSoftmax(values)),
  softmax: (x, axis) => overLastAxis(x, axis, (values) => tf.softmax(values)),
  sparsemax: (x, axis) => overLastAxis(x, axis, sparsemax),
};

export const along = layer('Along', {
  shape({ function: name, axis }, [input]) {
    const [place = 0] = ownAxes(axis, input.length);
    if (name !== 'glu') return input;
    const size = input[place] ?? null;
    if (size === null || size % 2 === 0) return input.with(place, size === null ? null : size / 2);
    throw new Error(`glu halves an axis, which has ${size} places`);
  },
  call: ({ function: name, axis }, _weights, { input }) =>
    functions[name](input, ownAxes(axis, input.rank)[0] ?? 0),
  held({ function: name, axis }, [input]) {
    if (name !== 'sparsemax') return 0;
    // Each pair of values of the axis, for what is multiplied and added.
    return productOf([4, valuesOf(input), sizeOf(input, axis, 'the axis of sparsemax')]);
  },
  mask: passesMask,
});

function glu(x: Tensor, axis: number): Tensor {
  const [values, gates] = tf.split(x, 2, axis);
  if (!values || !gates) throw new Error('glu splits into two');
  return tf.mul(values, tf.sigmoid(gates));
}

/**
 * As `keras/src/backend/tensorflow/nn.py` (sparsemax) has it, without sorting. A value belongs to the support
 * where one plus its product with its place among the sorted values exceeds the sum up to it; Keras then
 * adds these sums up (https://arxiv.org/abs/1602.02068, algorithm 1, takes the last of them).
 */
function sparsemax(x: Tensor): Tensor {
  const size = x.shape.at(-1) ?? 1;
  const [others, own] = [tf.expandDims(x, -2), tf.expandDims(x, -1)];
  const ties = tf.mul(tf.cast(tf.equal(others, own), 'float32'), inOrder(size));
  const isBefore = tf.add(tf.cast(tf.greater(others, own), 'float32'), ties);
  const sums = tf.sum(tf.mul(isBefore, others), -1);
  const place = tf.sum(isBefore, -1);
  const isSupport = tf.cast(tf.greater(tf.add(tf.mul(place, x), 1), sums), 'float32');
  const excess = tf.sub(tf.sum(tf.mul(isSupport, sums), -1, true), 1);
  return tf.relu(tf.sub(x, tf.div(excess, tf.sum(isSupport, -1, true))));
}

/** Which of two equal values comes first: one at the places up to each. */
function inOrder(size: number): Tensor {
  const values = Array.from({ length: size ** 2 }, (_, at) =>
    Number(at % size <= Math.floor(at / size)),
  );
  return tf.tensor2d(values, [size, size]);
}
