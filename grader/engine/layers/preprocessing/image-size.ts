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
  check({ cropToAspectRatio, padToAspectRatio }) {
    if (cropToAspectRatio && padToAspectRatio) throw new Error('it either crops or pads');
  },
  call({ height, width, ...options }, _weights, { input }) {
    const { cropToAspectRatio, padToAspectRatio, fillValue, ...sampling } = options;
    const images = floatInput(input);
    const size = [height, width] as const;
    if (cropToAspectRatio) return resizeImages(cropToAspect(images, size), size, sampling);
    const padded = padToAspectRatio ? padToAspect(images, size, fillValue) : images;
    return resizeImages(padded, size, sampling);
  },
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
  return resizeImages(cropToAspect(images, size), size, { interpolation: 'bilinear' });
}

/** The largest part in the middle that has the proportions of a size. */
function cropToAspect(images: Tensor, [rows, columns]: readonly [number, number]): Tensor {
  const [, height = 0, width = 0] = images.shape;
  const part = (length: number, wanted: number) =>
    Math.max(Math.min(length, Math.trunc(wanted)), 1);
  return center(images, [
    part(height, (width * rows) / columns),
    part(width, (height * columns) / rows),
  ]);
}

/** With as wide a border on both sides; an odd row or column is left out, as in Keras. */
function padToAspect(
  images: Tensor,
  [rows, columns]: readonly [number, number],
  fillValue: number,
): Tensor {
  const [, height = 0, width = 0] = images.shape;
  const border = (length: number, wanted: number) =>
    Math.trunc((Math.max(length, Math.trunc(wanted)) - length) / 2);
  const above = border(height, (width * rows) / columns);
  const beside = border(width, (height * columns) / rows);
  const borders: [number, number][] = [
    ...([
      [0, 0],
      [above, above],
    ] as [number, number][]),
    ...([
      [beside, beside],
      [0, 0],
    ] as [number, number][]),
  ];
  return tf.pad(images, borders, fillValue);
}

function center(images: Tensor, [rows, columns]: readonly [number, number]): Tensor {
  const [batch = 0, height = 0, width = 0, channels = 0] = images.shape;
  const begin = [0, Math.floor((height - rows) / 2), Math.floor((width - columns) / 2), 0];
  return tf.slice(images, begin, [batch, rows, columns, channels]);
}
