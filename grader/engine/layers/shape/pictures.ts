import { resizeImages } from '../preprocessing/resize-images.ts';
import { layer } from '../definition.ts';
import type { Shape } from '../shapes.ts';
import { tf, type Tensor4D } from '../../tensorflow/tf.ts';

type Border = readonly [number, number];

export const zeroPadding2d = layer('ZeroPadding2D', {
  rank: 4,
  shape: ({ padding }, [input]) =>
    resized(input, (size, axis) => size + padding[axis][0] + padding[axis][1]),
  call: ({ padding: [rows, columns] }, _weights, { input }) =>
    tf.pad(input, [[0, 0], [...rows], [...columns], [0, 0]]),
});

export const cropping2d = layer('Cropping2D', {
  rank: 4,
  shape: ({ cropping }, [input]) => resized(input, (size, axis) => cropped(size, cropping[axis])),
  call({ cropping: [rows, columns] }, _weights, { input }) {
    const [batch = 0, height = 0, width = 0, channels = 0] = input.shape;
    const size = [batch, cropped(height, rows), width, channels];
    const cut = tf.slice(input, [0, rows[0], 0, 0], size);
    return tf.slice(cut, [0, 0, columns[0], 0], size.with(2, cropped(width, columns)));
  },
});

/** Samples are taken at the pixels' centres, as in Keras. */
export const upSampling2d = layer('UpSampling2D', {
  rank: 4,
  shape: ({ size }, [input]) => resized(input, (length, axis) => length * size[axis]),
  call({ size, interpolation }, _weights, { input }) {
    const [, height = 0, width = 0] = input.shape;
    const wanted: [number, number] = [height * size[0], width * size[1]];
    if (interpolation !== 'nearest') return resizeImages(input, wanted, { interpolation });
    return tf.image.resizeNearestNeighbor(input as Tensor4D, wanted);
  },
});

/** A picture's shape with another height and width. */
function resized(
  [batch = null, height = null, width = null, channels = null]: Shape,
  of: (size: number, axis: 0 | 1) => number,
): Shape {
  const rows = height === null ? null : of(height, 0);
  return [batch, rows, width === null ? null : of(width, 1), channels];
}

function cropped(size: number, [first, last]: Border): number {
  return size - first - last;
}
