import { tf, type Tensor } from '../../tensorflow/tf.ts';
import { alike, follow, named, optimizer, rateOf, type OptimizerDefinition } from './definition.ts';
import { fusedUpdate, noPower, numbers, rate, slotsOf } from './fused-update.ts';

interface Options {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  readonly amsgrad: boolean;
}

const rule: OptimizerDefinition<Options> = {
  slots: ({ amsgrad }, shape) => alike(shape, { m: 0, v: 0, ...(amsgrad ? { vhat: 0 } : {}) }),
  coefficients({ beta1, beta2 }, { learningRate, iteration }) {
    const correction = Math.sqrt(1 - beta2 ** iteration) / (1 - beta1 ** iteration);
    return { rate: learningRate * correction };
  },
  update({ beta1, beta2, epsilon, amsgrad }, { variable, gradient, slots, coefficients }) {
    const m = follow(named(slots, 'm'), gradient, beta1);
    const v = follow(named(slots, 'v'), tf.square(gradient), beta2);
    const vhat: Tensor | null = amsgrad ? tf.maximum(named(slots, 'vhat'), v) : null;
    const divisor = tf.add(tf.sqrt(vhat ?? v), epsilon);
    return {
      variable: tf.sub(variable, tf.div(tf.mul(m, rateOf(coefficients)), divisor)),
      slots: { m, v, ...(vhat ? { vhat } : {}) },
    };
  },
  fused({ beta1, beta2, epsilon, amsgrad }) {
    const rates = [noPower, noPower, rate, ...numbers(beta1, beta2, epsilon), 'gradient'] as const;
    return amsgrad
      ? fusedUpdate('ResourceApplyAdamWithAmsgrad', [...slotsOf('m', 'v', 'vhat'), ...rates])
      : fusedUpdate('ResourceApplyAdam', [...slotsOf('m', 'v'), ...rates]);
  },
};

export const adam = optimizer('Adam', rule);

/** Every optimizer decays weights; this one does so where nothing is said. */
export const adamw = optimizer('AdamW', rule);
