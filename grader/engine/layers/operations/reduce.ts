import type { StoredLayerOptions } from '../../../recipe/layers.ts';
import { tf, type Tensor } from '../../tensorflow/tf.ts';
import { layer } from '../definition.ts';
import { positiveAxes, type Shape } from '../shapes.ts';

type Options = StoredLayerOptions<'Reduce'>;
type Reduction = (x: Tensor, axes: number[], keepDims: boolean) => Tensor;

const functions: Readonly<Record<Options['function'], Reduction>> = {
  mean: (x, axes, keepDims) => tf.mean(x, axes, keepDims),
  sum: (x, axes, keepDims) => tf.sum(x, axes, keepDims),
  max: (x, axes, keepDims) => tf.max(x, axes, keepDims),
  min: (x, axes, keepDims) => tf.min(x, axes, keepDims),
  prod: (x, axes, keepDims) => tf.prod(x, axes, keepDims),
  var: variance,
  std: (x, axes, keepDims) => tf.sqrt(variance(x, axes, keepDims)),
  norm: (x, axes, keepDims) => tf.sqrt(tf.sum(tf.square(x), axes, keepDims)),
  logsumexp: (x, axes, keepDims) => tf.logSumExp(x, axes, keepDims),
};

export const reduce = layer('Reduce', {
  shape: ({ axis, keepdims }, [input]) => reduced(input, axesOf(axis, input.length), keepdims),
  call: ({ function: name, axis, keepdims }, _weights, { input }) =>
    functions[name](input, axesOf(axis, input.rank), keepdims),
});

function variance(x: Tensor, axes: number[], keepDims: boolean): Tensor {
  const mean = tf.mean(x, axes, true);
  return tf.mean(tf.square(tf.sub(x, mean)), axes, keepDims);
}

function reduced(input: Shape, axes: readonly number[], keepDims: boolean): Shape {
  return input.flatMap((size, axis) => {
    if (!axes.includes(axis)) return [size];
    return keepDims ? [1] : [];
  });
}

/** Throws where an axis is not there, or is the batch. */
export function axesOf(axes: readonly number[], rank: number): number[] {
  const found = positiveAxes(axes, rank);
  if (!found.includes(0)) return found;
  throw new Error('an operation goes across the examples of a batch');
}
