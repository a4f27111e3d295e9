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
      gamma: options.scale || options.rmsScaling ? gammaSpec(options, shape) : null,
      beta: options.center && !options.rmsScaling ? betaSpec(options, shape) : null,
    };
  },
  call({ axis, epsilon, rmsScaling }, { gamma, beta }, { input }) {
    const axes = axesOf(axis, input.rank);
    const broadcast = input.shape.map((size, index) => (axes.includes(index) ? size : 1));
    const { mean, variance } = tf.moments(input, axes, true);
    const moved = rmsScaling ? input : tf.sub(input, mean);
    const normalized = tf.mul(moved, tf.rsqrt(tf.add(variance, epsilon)));
    const scaled = gamma ? tf.mul(normalized, tf.reshape(gamma, broadcast)) : normalized;
    return beta ? tf.add(scaled, tf.reshape(beta, broadcast)) : scaled;
  },
  mask: passesMask,
});

function axesOf(axis: number | readonly number[], rank: number): number[] {
  return positiveAxes(axis, rank).sort((a, b) => a - b);
}
