import { tf } from '../../tensorflow/tf.ts';
import { alike, follow, named, optimizer, rateOf } from './definition.ts';
import { fusedUpdate, noPower, numbers, rate, slotsOf } from './fused-update.ts';

export const adamax = optimizer('Adamax', {
  slots: (_, shape) => alike(shape, { m: 0, u: 0 }),
  coefficients: ({ beta1 }, { learningRate, iteration }) => ({
    rate: learningRate / (1 - beta1 ** iteration),
  }),
  update({ beta1, beta2, epsilon }, { variable, gradient, slots, coefficients }) {
    const m = follow(named(slots, 'm'), gradient, beta1);
    const u = tf.maximum(tf.mul(named(slots, 'u'), beta2), tf.abs(gradient));
    const divisor = tf.add(u, epsilon);
    return {
      variable: tf.sub(variable, tf.div(tf.mul(m, rateOf(coefficients)), divisor)),
      slots: { m, u },
    };
  },
  fused({ beta1, beta2, epsilon }) {
    const given = [noPower, rate, ...numbers(beta1, beta2, epsilon), 'gradient'] as const;
    return fusedUpdate('ResourceApplyAdaMax', [...slotsOf('m', 'u'), ...given]);
  },
});
