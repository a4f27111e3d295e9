import { tf } from '../../tensorflow/tf.ts';
import { layer, passesMask } from '../definition.ts';
import { shapeOfNoise } from './dropout.ts';

export const gaussianNoise = layer('GaussianNoise', {
  call({ stddev }, _weights, { input, training, draws }) {
    if (!training || stddev === 0) return input;
    return tf.add(input, tf.mul(draws.normal(input.shape), stddev));
  },
  mask: passesMask,
});

export const gaussianDropout = layer('GaussianDropout', {
  call({ rate }, _weights, { input, training, draws }) {
    if (!training || rate === 0) return input;
    const deviation = Math.sqrt(rate / (1 - rate));
    return tf.mul(input, tf.add(tf.mul(draws.normal(input.shape), deviation), 1));
  },
  mask: passesMask,
});

/** SELU's limit on the left: -scale * alpha, of "Self-Normalizing Neural Networks" (2017). */
const saturation = -1.0507009873554805 * 1.6732632423543772;

/** What is dropped becomes SELU's limit; an affine map then restores mean and variance. */
export const alphaDropout = layer('AlphaDropout', {
  call({ rate, noiseShape }, _weights, { input, training, draws }) {
    if (!training || rate === 0) return input;
    const drawn = draws.uniform(shapeOfNoise(input, noiseShape));
    const kept = tf.cast(tf.greaterEqual(drawn, rate), 'float32');
    const factor = ((1 - rate) * (1 + rate * saturation ** 2)) ** -0.5;
    const dropped = tf.mul(tf.sub(1, kept), saturation);
    const mixed = tf.add(tf.mul(input, kept), dropped);
    return tf.add(tf.mul(mixed, factor), -factor * saturation * rate);
  },
  mask: passesMask,
});
