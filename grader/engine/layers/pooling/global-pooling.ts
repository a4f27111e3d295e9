import type { StoredLayerOptions } from '../../../recipe/layers.ts';
import { tf, type Tensor } from '../../tensorflow/tf.ts';
import { layer } from '../definition.ts';
import type { Shape, Shapes } from '../shapes.ts';

type Options = StoredLayerOptions<'GlobalMaxPooling1D'>;

/** Over the steps that count only. */
export const globalAveragePooling1d = layer('GlobalAveragePooling1D', {
  rank: 3,
  settlesMask: true,
  shape: pooledShape,
  call({ keepdims }, _weights, { input, mask }) {
    return kept(keepdims, input, mask ? maskedMean(input, mask) : tf.mean(input, 1));
  },
});

export const globalMaxPooling1d = layer('GlobalMaxPooling1D', {
  rank: 3,
  shape: pooledShape,
  call: ({ keepdims }, _weights, { input }) => kept(keepdims, input, tf.max(input, 1)),
});

export const globalAveragePooling2d = layer('GlobalAveragePooling2D', {
  rank: 4,
  shape: pooledShape,
  call: ({ keepdims }, _weights, { input }) => kept(keepdims, input, tf.mean(input, [1, 2])),
});

export const globalMaxPooling2d = layer('GlobalMaxPooling2D', {
  rank: 4,
  shape: pooledShape,
  call: ({ keepdims }, _weights, { input }) => kept(keepdims, input, tf.max(input, [1, 2])),
});

function pooledShape({ keepdims }: Options, [input]: Shapes): Shape {
  const sizes = input.slice(1, -1).map(() => 1);
  return [input[0] ?? null, ...(keepdims ? sizes : []), input.at(-1) ?? null];
}

/** With the pooled axes, of size one, where they are to stay. */
function kept(keepdims: boolean, { shape }: Tensor, pooled: Tensor): Tensor {
  if (!keepdims) return pooled;
  const last = shape.length - 1;
  const sizes = shape.map((size, axis) => (axis > 0 && axis < last ? 1 : size));
  return tf.reshape(pooled, sizes);
}

function maskedMean(input: Tensor, mask: Tensor): Tensor {
  const weight = tf.expandDims(tf.cast(mask, 'float32'), -1);
  return tf.div(tf.sum(tf.mul(input, weight), 1), tf.sum(weight, 1));
}
