import { tf } from '../../tensorflow/tf.ts';
import { alike, named, optimizer, rateOf } from './definition.ts';

export const lion = optimizer('Lion', {
  slots: (_, shape) => alike(shape, { momentum: 0 }),
  update({ beta1, beta2 }, { variable, gradient, slots, coefficients }) {
    const momentum = named(slots, 'momentum');
    const mixed = (beta: number) => tf.add(tf.mul(momentum, beta), tf.mul(gradient, 1 - beta));
    const step = tf.mul(rateOf(coefficients), tf.sign(mixed(beta1)));
    return { variable: tf.sub(variable, step), slots: { momentum: mixed(beta2) } };
  },
});
