import { tf } from '../../tensorflow/tf.ts';
import { layer, passesMask } from '../definition.ts';
import { ownAxes, positiveAxes } from '../shapes.ts';

/** Keras divides by no length below this. */
const shortest = 1e-12;

/** The length of each vector along one axis, or several, becomes one. */
export const unitNormalization = layer('UnitNormalization', {
  check({ axis }, [input]) {
    ownAxes(axis, input.length);
  },
  call({ axis }, _weights, { input }) {
    const axes = positiveAxes(axis, input.rank);
    const factor = tf.rsqrt(tf.sum(tf.square(input), axes, true));
    return tf.mul(input, tf.minimum(factor, 1 / shortest));
  },
  mask: passesMask,
});
