import { tf } from '../../tensorflow/tf.ts';
import { layer } from '../definition.ts';

export const depthToSpace = layer('DepthToSpace', {
  rank: 4,
  shape({ blockSize }, [[batch = null, height = null, width = null, channels = null]]) {
    if (channels === null || channels % blockSize ** 2 !== 0) {
      throw new Error(
        `${String(channels)} values of a pixel are no squares of ${blockSize} by ${blockSize}`,
      );
    }
    const larger = (size: number | null) => (size === null ? null : size * blockSize);
    return [batch, larger(height), larger(width), channels / blockSize ** 2];
  },
  call({ blockSize }, _weights, { input }) {
    const [batch = 0, height = 0, width = 0, channels = 0] = input.shape;
    const depth = channels / blockSize ** 2;
    const squares = tf.reshape(input, [batch, height, width, blockSize, blockSize, depth]);
    const rows = tf.transpose(squares, [0, 1, 3, 2, 4, 5]);
    return tf.reshape(rows, [batch, height * blockSize, width * blockSize, depth]);
  },
});

export const spaceToDepth = layer('SpaceToDepth', {
  rank: 4,
  shape({ blockSize }, [[batch = null, height = null, width = null, channels = null]]) {
    if ([height, width].some((size) => size !== null && size % blockSize !== 0)) {
      throw new Error(
        `${height} by ${width} pixels are no squares of ${blockSize} by ${blockSize}`,
      );
    }
    const smaller = (size: number | null) => (size === null ? null : size / blockSize);
    const depth = channels === null ? null : channels * blockSize ** 2;
    return [batch, smaller(height), smaller(width), depth];
  },
  call({ blockSize }, _weights, { input }) {
    const [batch = 0, height = 0, width = 0, channels = 0] = input.shape;
    const [rows, columns] = [height / blockSize, width / blockSize];
    const squares = tf.reshape(input, [batch, rows, blockSize, columns, blockSize, channels]);
    const pixels = tf.transpose(squares, [0, 1, 3, 2, 4, 5]);
    return tf.reshape(pixels, [batch, rows, columns, channels * blockSize ** 2]);
  },
});
