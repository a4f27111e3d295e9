import type { StoredLayerOptions } from '../../../recipe/layers.ts';
import { tf, type Tensor } from '../../tensorflow/tf.ts';
import { layer } from '../definition.ts';
import { ownAxes, type Shape } from '../shapes.ts';
import { isTrue, number } from './arithmetic.ts';

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
  any: (x, axes, keepDims) => tf.max(number(isTrue(x)), axes, keepDims),
  all: (x, axes, keepDims) => tf.min(number(isTrue(x)), axes, keepDims),
  argmax: (x, axes, keepDims) => placed(x, axes, keepDims, (one, axis) => tf.argMax(one, axis)),
  argmin: (x, axes, keepDims) => placed(x, axes, keepDims, (one, axis) => tf.argMin(one, axis)),
};

export const reduce = layer('Reduce', {
  check({ function: name, axis }) {
    if (axis.length === 1 || !name.startsWith('arg')) return;
    throw new Error(`${name} goes along one axis, got ${axis.length}`);
  },
  shape: ({ axis, keepdims }, [input]) => reduced(input, ownAxes(axis, input.length), keepdims),
  call: ({ function: name, axis, keepdims }, _weights, { input }) =>
    functions[name](input, ownAxes(axis, input.rank), keepdims),
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

/** Places are whole numbers, as floats like all values here. */
function placed(
  ...[x, [axis = 0], keepDims, of]: [
    ...Parameters<Reduction>,
    of: (x: Tensor, axis: number) => Tensor,
  ]
): Tensor {
  const places = tf.cast(of(x, axis), 'float32');
  return keepDims ? tf.expandDims(places, axis) : places;
}
