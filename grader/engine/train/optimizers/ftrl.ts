import { tf, type Tensor } from '../../tensorflow/tf.ts';
import { alike, named, optimizer, rateOf } from './definition.ts';

export const ftrl = optimizer('Ftrl', {
  slots: ({ initialAccumulatorValue }, shape) =>
    alike(shape, { accumulator: initialAccumulatorValue, linear: 0 }),
  coefficients: ({ l2RegularizationStrength, beta }, { learningRate }) => ({
    rate: learningRate,
    twiceL2: 2 * (l2RegularizationStrength + beta / (2 * learningRate)),
  }),
  update(options, { variable, gradient, slots, coefficients }) {
    const { l1RegularizationStrength: l1, l2ShrinkageRegularizationStrength: shrinkage } = options;
    const power = (values: Tensor) => tf.pow(values, -options.learningRatePower);
    const rate = rateOf(coefficients);
    const before = named(slots, 'accumulator');
    const accumulator = tf.add(before, tf.square(gradient));
    const shrunk = tf.add(gradient, tf.mul(2 * shrinkage, variable));
    const grown = tf.div(tf.sub(power(accumulator), power(before)), rate);
    const linear = tf.add(named(slots, 'linear'), tf.sub(shrunk, tf.mul(grown, variable)));
    const quadratic = tf.add(tf.div(power(accumulator), rate), named(coefficients, 'twiceL2'));
    const clipped = tf.clipByValue(linear, -l1, l1);
    return {
      variable: tf.div(tf.sub(clipped, linear), quadratic),
      slots: { accumulator, linear },
    };
  },
});
