import type { Augmentation } from '../../contract.ts';
import { tf, type Tensor } from '../tensorflow/tf.ts';

/** All of an image [batch, height, width, channels]. */
const ofImage = [1, 2, 3];

/** Adds to every value; an image keeps its range (`apply_channel_shift`). `shift` is [batch, 1]. */
export function shiftChannels(images: Tensor, shift: Tensor): Tensor {
  const shifted = tf.add(images, perImage(shift));
  return tf.minimum(
    tf.maximum(shifted, tf.min(images, ofImage, true)),
    tf.max(images, ofImage, true),
  );
}

/** As float32 has 1/255 and its multiples: a whole number of 255ths is not to fall below itself. */
const rounding = 1e-3;

/**
 * Keras makes a picture of bytes for it (`apply_brightness_shift`): values are cut to whole numbers
 * before and after, those of an image that leaves 0 to 255 being stretched over it meanwhile. Images
 * are those of Keras divided by 255; `factors` is [batch, 1].
 */
export function brightened(images: Tensor, factors: Tensor): Tensor {
  const [least, most] = [tf.min(images, ofImage, true), tf.max(images, ofImage, true)];
  const isOut = tf.logicalOr(tf.less(least, 0), tf.greater(most, 1 + rounding / 255));
  const low = tf.where(isOut, least, tf.zerosLike(least));
  const range = tf.where(isOut, tf.sub(most, least), tf.onesLike(most));
  const stretched = tf.mul(tf.divNoNan(tf.sub(images, low), range), 255);
  const bytes = tf.floor(tf.add(stretched, rounding));
  const bright = tf.floor(tf.clipByValue(tf.mul(bytes, perImage(factors)), 0, 255));
  return tf.add(tf.mul(tf.div(bright, 255), range), low);
}

/** Each image by its own mean and standard deviation (`standardize`, before what needs `fit`). */
export function standardized(
  images: Tensor,
  options: Pick<Augmentation, 'samplewise_center' | 'samplewise_std_normalization'>,
): Tensor {
  if (!options.samplewise_center) return images;
  const centered = tf.sub(images, tf.mean(images, ofImage, true));
  if (!options.samplewise_std_normalization) return centered;
  const deviation = tf.sqrt(tf.mean(tf.square(centered), ofImage, true));
  return tf.div(centered, tf.add(deviation, 1e-6));
}

/** [batch, 1] as [batch, 1, 1, 1]. */
function perImage(numbers: Tensor): Tensor {
  return tf.reshape(numbers, [-1, 1, 1, 1]);
}
