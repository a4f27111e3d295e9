import { tf } from '../../tensorflow/tf.ts';
import { alike, follow, named, optimizer, rateOf } from './definition.ts';

export const nadam = optimizer('Nadam', {
  slots: (_, shape) => alike(shape, { m: 0, v: 0 }),
  coefficients({ beta1, beta2 }, { learningRate, iteration }) {
    const momentumAt = (step: number) => beta1 * (1 - 0.5 * 0.96 ** step);
    const [now, next] = [momentumAt(iteration), momentumAt(iteration + 1)];
    // The product of all momenta so far soon vanishes; the rest of a long run adds nothing to it.
    let product = 1;
    for (let step = 1; step <= iteration && product > 0; step++) product *= momentumAt(step);
    return {
      rate: learningRate,
      mean: next / (1 - product * next),
      gradient: (1 - now) / (1 - product),
      square: 1 - beta2 ** iteration,
    };
  },
  update({ beta1, beta2, epsilon }, { variable, gradient, slots, coefficients }) {
    const m = follow(named(slots, 'm'), gradient, beta1);
    const v = follow(named(slots, 'v'), tf.square(gradient), beta2);
    const corrected = tf.add(
      tf.mul(m, named(coefficients, 'mean')),
      tf.mul(gradient, named(coefficients, 'gradient')),
    );
    const scale = tf.sqrt(tf.div(v, named(coefficients, 'square')));
    const divisor = tf.add(scale, epsilon);
    const step = tf.div(tf.mul(corrected, rateOf(coefficients)), divisor);
    return { variable: tf.sub(variable, step), slots: { m, v } };
  },
});
