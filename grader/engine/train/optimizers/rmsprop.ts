import { tf } from '../../tensorflow/tf.ts';
import { alike, follow, named, optimizer, rateOf } from './definition.ts';
import { fusedUpdate, numbers, rate, slotsOf } from './fused-update.ts';

export const rmsprop = optimizer('RMSprop', {
  slots: ({ centered, momentum }, shape) =>
    alike(shape, {
      ...{ velocity: 0, ...(centered ? { mean: 0 } : {}) },
      ...(momentum ? { momentum: 0 } : {}),
    }),
  update({ rho, momentum, epsilon, centered }, { variable, gradient, slots, coefficients }) {
    const velocity = follow(named(slots, 'velocity'), tf.square(gradient), rho);
    const mean = centered ? follow(named(slots, 'mean'), gradient, rho) : null;
    const variance = mean ? tf.sub(velocity, tf.square(mean)) : velocity;
    const root = tf.rsqrt(tf.add(variance, epsilon));
    const step = tf.mul(tf.mul(gradient, rateOf(coefficients)), root);
    const kept = { velocity, ...(mean ? { mean } : {}) };
    if (!momentum) return { variable: tf.sub(variable, step), slots: kept };
    const moving = tf.add(tf.mul(named(slots, 'momentum'), momentum), step);
    return { variable: tf.sub(variable, moving), slots: { ...kept, momentum: moving } };
  },
  fused({ rho, momentum, epsilon, centered }) {
    if (centered) return null;
    // The op keeps a momentum slot even where the momentum is 0.
    const given = [rate, ...numbers(rho, momentum, epsilon), 'gradient'] as const;
    return fusedUpdate('ResourceApplyRMSProp', [...slotsOf('velocity', 'momentum'), ...given]);
  },
});
