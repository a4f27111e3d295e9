import { layer } from '../definition.ts';
import type { Shape } from '../shapes.ts';
import { tf } from '../../tensorflow/tf.ts';

type Ends = readonly [number, number];

export const zeroPadding1d = layer('ZeroPadding1D', {
  rank: 3,
  shape: ({ padding }, [input]) => resized(input, (length) => length + padding[0] + padding[1]),
  call: ({ padding }, _weights, { input }) => tf.pad(input, [[0, 0], [...padding], [0, 0]]),
});

export const cropping1d = layer('Cropping1D', {
  rank: 3,
  shape: ({ cropping }, [input]) => resized(input, (length) => cropped(length, cropping)),
  call({ cropping }, _weights, { input }) {
    const [batch = 0, length = 0, channels = 0] = input.shape;
    return tf.slice(input, [0, cropping[0], 0], [batch, cropped(length, cropping), channels]);
  },
});

export const upSampling1d = layer('UpSampling1D', {
  rank: 3,
  shape: ({ size }, [input]) => resized(input, (length) => length * size),
  call({ size }, _weights, { input }) {
    const [batch = 0, length = 0, channels = 0] = input.shape;
    const repeated = tf.tile(tf.expandDims(input, 2), [1, 1, size, 1]);
    return tf.reshape(repeated, [batch, length * size, channels]);
  },
});

/** A sequence's shape with another length. */
function resized([batch = null, length = null, channels = null]: Shape, of: (l: number) => number) {
  return [batch, length === null ? null : of(length), channels];
}

function cropped(length: number, [first, last]: Ends): number {
  if (length > first + last) return length - first - last;
  throw new Error(`Cropping1D takes ${first + last} steps off a sequence of ${length}`);
}
