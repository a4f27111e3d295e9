import { tf, type Tensor } from '../../tensorflow/tf.ts';
import { layer } from '../definition.ts';
import type { Shape, Shapes } from '../shapes.ts';

type Size = readonly [number] | readonly [number, number];
type Pool = typeof tf.max | typeof tf.mean;

export const adaptiveAveragePooling1d = layer('AdaptiveAveragePooling1D', {
  rank: 3,
  shape: pooledShape,
  call: ({ outputSize }, _weights, { input }) => pool(tf.mean, outputSize, input),
});

export const adaptiveMaxPooling1d = layer('AdaptiveMaxPooling1D', {
  rank: 3,
  shape: pooledShape,
  call: ({ outputSize }, _weights, { input }) => pool(tf.max, outputSize, input),
});

export const adaptiveAveragePooling2d = layer('AdaptiveAveragePooling2D', {
  rank: 4,
  shape: pooledShape,
  call: ({ outputSize }, _weights, { input }) => pool(tf.mean, outputSize, input),
});

export const adaptiveMaxPooling2d = layer('AdaptiveMaxPooling2D', {
  rank: 4,
  shape: pooledShape,
  call: ({ outputSize }, _weights, { input }) => pool(tf.max, outputSize, input),
});

/** `[batch, …, channels]`, with the axes between of the wanted sizes. */
function pooledShape({ outputSize }: { readonly outputSize: Size }, [input]: Shapes): Shape {
  return [input[0] ?? null, ...outputSize, input.at(-1) ?? null];
}

function pool(by: Pool, outputSize: Size, input: Tensor): Tensor {
  return outputSize.reduce(
    (pooled, size, index) => poolAxis(by, pooled, { axis: index + 1, size }),
    input,
  );
}

/**
 * Window i of n goes from floor(i * length / n) to ceil((i + 1) * length / n), so that windows may
 * share a step (`_adaptive_pool1d_impl` in keras/src/backend/tensorflow/nn.py).
 */
function poolAxis(by: Pool, input: Tensor, { axis, size }: { axis: number; size: number }): Tensor {
  const length = input.shape[axis] ?? 0;
  const windows = Array.from({ length: size }, (_, index) => {
    const start = Math.floor((index * length) / size);
    const end = Math.ceil(((index + 1) * length) / size);
    const begin = input.shape.map((_size, at) => (at === axis ? start : 0));
    const sizes = input.shape.map((whole, at) => (at === axis ? end - start : whole));
    return by(tf.slice(input, begin, sizes), axis, true);
  });
  return tf.concat(windows, axis);
}
