import type { StoredLayerOptions } from '../../../recipe/layers.ts';
import { tf, type Tensor } from '../../tensorflow/tf.ts';
import { layer, type Given } from '../definition.ts';
import { floatInput } from './float-input.ts';
import { projectImages, type Projections, type Sampling } from './project-images.ts';

// Each picture of a training batch is changed by itself, with numbers from the layer's seed and the
// step; in prediction nothing happens.

/** In both directions at once where the mode has both: Keras draws once for the two. */
export const randomFlip = layer('RandomFlip', {
  rank: 4,
  call: ({ mode }, _weights, given) =>
    inTraining(given, (images) => {
      const [batch = 0, ...sizes] = images.shape;
      const axes = { horizontal: [2], vertical: [1], horizontal_and_vertical: [1, 2] }[mode];
      const draws = tf.tile(given.draws.uniform([batch, 1, 1, 1]), [1, ...sizes]);
      return tf.where(tf.lessEqual(draws, 0.5), tf.reverse(images, axes), images);
    }),
});

export const randomRotation = layer('RandomRotation', {
  rank: 4,
  call: (options, _weights, given) =>
    inTraining(given, (images) => {
      const angle = tf.mul(drawn(given, { bounds: boundsOf(options.factor) }), 2 * Math.PI);
      const [cos, sin] = [tf.cos(angle), tf.sin(angle)];
      const { x, y } = middleOf(images);
      const columns = tf.sub(x, tf.sub(tf.mul(cos, x), tf.mul(sin, y)));
      const rows = tf.sub(y, tf.add(tf.mul(sin, x), tf.mul(cos, y)));
      return projected(options, images, [cos, tf.neg(sin), columns, sin, cos, rows]);
    }),
});

/** Without a factor for the width, both directions have the height's. */
export const randomZoom = layer('RandomZoom', {
  rank: 4,
  call: (options, _weights, given) =>
    inTraining(given, (images) => {
      const { heightFactor, widthFactor } = options;
      const factor = (bounds: Factor, stream: number) =>
        tf.add(drawn(given, { bounds: boundsOf(bounds), stream }), 1);
      const height = factor(heightFactor, 0);
      const width = widthFactor === null ? height : factor(widthFactor, 1);
      const { x, y } = middleOf(images);
      const nothing = tf.zerosLike(height);
      const columns = tf.mul(tf.sub(1, width), x);
      const rows = tf.mul(tf.sub(1, height), y);
      return projected(options, images, [width, nothing, columns, nothing, height, rows]);
    }),
});

export const randomTranslation = layer('RandomTranslation', {
  rank: 4,
  call: (options, _weights, given) =>
    inTraining(given, (images) => {
      const [, height = 0, width = 0] = images.shape;
      const shift = (factor: Factor, length: number, stream: number) =>
        tf.mul(drawn(given, { bounds: boundsOf(factor), stream }), -length);
      const rows = shift(options.heightFactor, height, 0);
      const columns = shift(options.widthFactor, width, 1);
      const [one, nothing] = [tf.onesLike(rows), tf.zerosLike(rows)];
      return projected(options, images, [one, nothing, columns, nothing, one, rows]);
    }),
});

/** From one number Keras makes the bounds 1 and 1 + factor. */
export const randomContrast = layer('RandomContrast', {
  rank: 4,
  call: ({ factor, valueRange }, _weights, given) =>
    inTraining(given, (images) => {
      const [low, high] = boundsOf(factor);
      const bounds = [typeof factor === 'number' ? 1 : 1 - low, 1 + high] as const;
      const spread = tf.reshape(drawn(given, { bounds }), [-1, 1, 1, 1]);
      const mean = tf.mean(images, [1, 2], true);
      const changed = tf.add(tf.mul(tf.sub(images, mean), spread), mean);
      return tf.clipByValue(changed, ...valueRange);
    }),
});

export const randomBrightness = layer('RandomBrightness', {
  rank: 4,
  call: ({ factor, valueRange }, _weights, given) =>
    inTraining(given, (images) => {
      const [low, high] = valueRange;
      const share = drawn(given, { bounds: boundsOf(factor) });
      const added = tf.reshape(tf.mul(share, high - low), [-1, 1, 1, 1]);
      return tf.clipByValue(tf.add(images, added), ...valueRange);
    }),
});

function inTraining({ input, training }: Given, change: (images: Tensor) => Tensor): Tensor {
  const images = floatInput(input);
  return training ? change(images) : images;
}

type Bounds = readonly [number, number];

/** Its two bounds, or one number for as much in both directions. */
type Factor = StoredLayerOptions<'RandomRotation'>['factor'];

function boundsOf(factor: Factor): Bounds {
  if (typeof factor === 'number') return [-Math.abs(factor), Math.abs(factor)];
  return [Math.min(...factor), Math.max(...factor)];
}

/** One number for each picture, [batch, 1]. */
function drawn(
  { draws, input }: Given,
  { bounds: [low, high], stream = 0 }: { bounds: Bounds; stream?: number },
): Tensor {
  const [batch = 0] = input.shape;
  const numbers = draws.uniform([batch, 1], stream);
  return tf.add(tf.mul(numbers, high - low), low);
}

function middleOf({ shape }: Tensor): { readonly x: number; readonly y: number } {
  return { x: ((shape[2] ?? 1) - 1) / 2, y: ((shape[1] ?? 1) - 1) / 2 };
}

function projected(sampling: Sampling, images: Tensor, projections: Projections): Tensor {
  const { fillMode, fillValue, interpolation } = sampling;
  return projectImages(images, projections, { fillMode, fillValue, interpolation });
}
