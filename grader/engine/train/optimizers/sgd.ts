import { tf } from '../../tensorflow/tf.ts';
import { alike, named, optimizer, rateOf } from './definition.ts';
import { fusedUpdate, numbers, rate, slotsOf } from './fused-update.ts';

export const sgd = optimizer('SGD', {
  slots: ({ momentum }, shape) => alike(shape, momentum ? { momentum: 0 } : {}),
  update({ momentum, nesterov }, { variable, gradient, slots, coefficients }) {
    const step = tf.mul(gradient, rateOf(coefficients));
    if (!momentum) return { variable: tf.sub(variable, step), slots };
    const velocity = tf.sub(tf.mul(named(slots, 'momentum'), momentum), step);
    const move = nesterov ? tf.sub(tf.mul(velocity, momentum), step) : velocity;
    return { variable: tf.add(variable, move), slots: { momentum: velocity } };
  },
  fused({ momentum, nesterov }) {
    if (!momentum) return fusedUpdate('ResourceApplyGradientDescent', [rate, 'gradient']);
    const given = [...slotsOf('momentum'), rate, 'gradient', ...numbers(momentum)] as const;
    const attributes = { use_nesterov: { bool: nesterov } };
    return fusedUpdate('ResourceApplyKerasMomentum', given, attributes);
  },
});
