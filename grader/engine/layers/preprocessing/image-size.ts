import { tf, type Tensor } from '../../tensorflow/tf.ts';
import { layer } from '../definition.ts';
import type { Shapes } from '../shapes.ts';
import { floatInput } from './float-input.ts';
import { resizeImages } from './resize-images.ts';

interface Size {
  readonly height: number;
  readonly width: number;
}

const ofSize = {
  rank: 4,
  shape: ({ height, width }: Size, [[batch = null, , , channels = null]]: Shapes) => [
    ...[batch, height, width],
    channels,
  ],
};

/** [batch, height, width, channels] to [batch, rows, columns, channels], float32. */
export const resizing = layer('Resizing', {
  ...ofSize,
  call: ({ height, width, ...sampling }, _weights, { input }) =>
    resizeImages(floatInput(input), [height, width], sampling),
});

/** The same by the middle of the picture (`keras/src/layers/preprocessing/image_preprocessing`). */
export const centerCrop = layer('CenterCrop', {
  ...ofSize,
  call: ({ height, width }, _weights, { input }) => cropToSize(floatInput(input), [height, width]),
});

/** A picture that is too small is first cut to the wanted proportions, then enlarged. */
function cropToSize(images: Tensor, size: readonly [number, number]): Tensor {
  const [, height = 0, width = 0] = images.shape;
  const [rows, columns] = size;
  if (height >= rows && width >= columns) return center(images, size);
  const part = (length: number, wanted: number) =>
    Math.max(Math.min(length, Math.trunc(wanted)), 1);
  const cut = [
    part(height, (width * rows) / columns),
    part(width, (height * columns) / rows),
  ] as const;
  return resizeImages(center(images, cut), size, { interpolation: 'bilinear' });
}

function center(images: Tensor, [rows, columns]: readonly [number, number]): Tensor {
  const [batch = 0, height = 0, width = 0, channels = 0] = images.shape;
  const begin = [0, Math.floor((height - rows) / 2), Math.floor((width - columns) / 2), 0];
  return tf.slice(images, begin, [batch, rows, columns, channels]);
}
