import { tf } from '../../tensorflow/tf.ts';
import { layer, passesMask } from '../definition.ts';
import { positiveAxes, sizeOf } from '../shapes.ts';
import { betaSpec, gammaSpec } from './batch-normalization.ts';

/** Over one axis or several, in their order. */
export const layerNormalization = layer('LayerNormalization', {
  weights(options, [input]) {
    const shape = axesOf(options.axis, input.length).map((axis) =>
      sizeOf(input, axis, `axis ${axis} of the input`),
    );
    return {
      gamma: options.scale ? gammaSpec(options, shape) : null,
      beta: options.center ? betaSpec(options, shape) : null,
    };
  },
  call({ axis, epsilon }, { gamma, beta }, { input }) {
    const axes = axesOf(axis, input.rank);
    const broadcast = input.shape.map((size, index) => (axes.includes(index) ? size : 1));
    const { mean, variance } = tf.moments(input, axes, true);
    const normalized = tf.mul(tf.sub(input, mean), tf.rsqrt(tf.add(variance, epsilon)));
    const scaled = gamma ? tf.mul(normalized, tf.reshape(gamma, broadcast)) : normalized;
    return beta ? tf.add(scaled, tf.reshape(beta, broadcast)) : scaled;
  },
  mask: passesMask,
});

function axesOf(axis: number | readonly number[], rank: number): number[] {
  return positiveAxes(axis, rank).sort((a, b) => a - b);
}
