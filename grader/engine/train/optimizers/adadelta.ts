import { tf } from '../../tensorflow/tf.ts';
import { alike, follow, named, optimizer, rateOf } from './definition.ts';

export const adadelta = optimizer('Adadelta', {
  slots: (_, shape) => alike(shape, { gradient: 0, update: 0 }),
  update({ rho, epsilon }, { variable, gradient, slots, coefficients }) {
    const square = follow(named(slots, 'gradient'), tf.square(gradient), rho);
    const moved = named(slots, 'update');
    const scale = tf.div(tf.sqrt(tf.add(moved, epsilon)), tf.sqrt(tf.add(square, epsilon)));
    const step = tf.mul(scale, gradient);
    return {
      variable: tf.sub(variable, tf.mul(step, rateOf(coefficients))),
      slots: { gradient: square, update: follow(moved, tf.square(step), rho) },
    };
  },
});
