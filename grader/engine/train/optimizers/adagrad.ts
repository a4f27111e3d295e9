import { tf } from '../../tensorflow/tf.ts';
import { alike, named, optimizer, rateOf } from './definition.ts';

/** TensorFlow's fused op adds epsilon outside the root. */
export const adagrad = optimizer('Adagrad', {
  slots: ({ initialAccumulatorValue }, shape) =>
    alike(shape, { accumulator: initialAccumulatorValue }),
  update({ epsilon }, { variable, gradient, slots, coefficients }) {
    const accumulator = tf.add(named(slots, 'accumulator'), tf.square(gradient));
    const divisor = tf.sqrt(tf.add(accumulator, epsilon));
    const step = tf.div(tf.mul(gradient, rateOf(coefficients)), divisor);
    return { variable: tf.sub(variable, step), slots: { accumulator } };
  },
});
