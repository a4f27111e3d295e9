import type { StoredLayerOptions } from '../../../recipe/layers.ts';
import { tf, type Tensor } from '../../tensorflow/tf.ts';
import { layer, passesMask } from '../definition.ts';
import { positiveAxes, sizeOf, type Shape } from '../shapes.ts';
import { betaSpec, gammaSpec } from './batch-normalization.ts';

type Options = StoredLayerOptions<'GroupNormalization'>;

export const groupNormalization = layer('GroupNormalization', {
  check: (options, [input]) => {
    groupsOf(options, input);
  },
  weights(options, [input]) {
    const shape = [groupsOf(options, input).channels];
    return {
      gamma: options.scale ? gammaSpec(options, shape) : null,
      beta: options.center ? betaSpec(options, shape) : null,
    };
  },
  call(options, { gamma, beta }, { input }) {
    const { axis, groups, channels } = groupsOf(options, input.shape);
    const cut = (shape: readonly number[]) => shape.toSpliced(axis, 1, groups, channels / groups);
    const grouped = tf.reshape(input, cut(input.shape));
    const others = grouped.shape.map((_, index) => index).filter((at) => at > 0 && at !== axis);
    const { mean, variance } = tf.moments(grouped, others, true);
    const along = (weight: Tensor) =>
      tf.reshape(weight, cut(input.shape.map((size, at) => (at === axis ? size : 1))));
    const factor = tf.rsqrt(tf.add(variance, options.epsilon));
    const scaled = gamma ? tf.mul(factor, along(gamma)) : factor;
    const moved = tf.mul(tf.neg(mean), scaled);
    const offset = beta ? tf.add(moved, along(beta)) : moved;
    return tf.reshape(tf.add(tf.mul(grouped, scaled), offset), input.shape);
  },
  mask: passesMask,
});

/** Throws where the channels cannot be cut in so many groups. */
function groupsOf(options: Pick<Options, 'axis' | 'groups'>, input: Shape) {
  const [axis = 0] = positiveAxes(options.axis, input.length);
  const channels = sizeOf(input, axis, `axis ${axis} of the input`);
  const groups = options.groups === -1 ? channels : options.groups;
  if (axis > 0 && groups > 0 && channels % groups === 0) return { axis, groups, channels };
  throw new Error(`${channels} channels cannot be cut in ${groups} groups`);
}
