import type { KerasObject } from '../../../contract.ts';
import { tf, type Tensor, type Tensor1D, type Tensor4D } from '../../tensorflow/tf.ts';
import { layer, passesMask, type WeightSpec } from '../definition.ts';
import { positiveAxes, sizeOf } from '../shapes.ts';

/** As in Keras 3, a frozen layer normalises with its moving statistics. */
export const batchNormalization = layer('BatchNormalization', {
  seesTheBatch: true,
  settlesMask: true,
  weights(options, [input]) {
    const [axis = 0] = positiveAxes(options.axis, input.length);
    const shape = [sizeOf(input, axis, `axis ${axis} of the input`)];
    return {
      gamma: options.scale ? gammaSpec(options, shape) : null,
      beta: options.center ? betaSpec(options, shape) : null,
      movingMean: { shape, initializer: options.movingMeanInitializer, isTrained: false },
      movingVariance: { shape, initializer: options.movingVarianceInitializer, isTrained: false },
    };
  },
  call(options, weights, { input, mask, training, isTrainable, assign }) {
    const [axis = 0] = positiveAxes(options.axis, input.rank);
    const { gamma, beta, movingMean, movingVariance } = weights;
    const { epsilon, momentum } = options;
    if (!training || !isTrainable) {
      const spread = (weight: Tensor) => alongAxis(weight, axis, input);
      return withStatistics(input, {
        ...{ mean: spread(movingMean), variance: spread(movingVariance), epsilon },
        ...{ gamma: gamma && spread(gamma), beta: beta && spread(beta) },
      });
    }
    const otherAxes = input.shape.map((_, index) => index).filter((index) => index !== axis);
    const { mean, variance } = mask
      ? maskedMoments(input, mask, otherAxes)
      : tf.moments(input, otherAxes, true);
    const normalized = tf.mul(tf.sub(input, mean), tf.rsqrt(tf.add(variance, epsilon)));
    const broadcast = input.shape.map((size, index) => (index === axis ? size : 1));
    const scale = gamma && tf.reshape(gamma, broadcast);
    const offset = beta && tf.reshape(beta, broadcast);
    assign({
      movingMean: following(movingMean, mean, momentum),
      movingVariance: following(movingVariance, variance, momentum),
    });
    const scaled = scale ? tf.mul(normalized, scale) : normalized;
    return offset ? tf.add(scaled, offset) : scaled;
  },
  mask: passesMask,
});

interface ScaleOptions {
  readonly gammaInitializer: KerasObject;
  readonly gammaRegularizer: KerasObject | null;
  readonly gammaConstraint: KerasObject | null;
}

export function gammaSpec(options: ScaleOptions, shape: readonly number[]): WeightSpec {
  return {
    ...{ shape, initializer: options.gammaInitializer },
    ...{ regularizer: options.gammaRegularizer, constraint: options.gammaConstraint },
  };
}

interface OffsetOptions {
  readonly betaInitializer: KerasObject;
  readonly betaRegularizer: KerasObject | null;
  readonly betaConstraint: KerasObject | null;
}

export function betaSpec(options: OffsetOptions, shape: readonly number[]): WeightSpec {
  return {
    ...{ shape, initializer: options.betaInitializer },
    ...{ regularizer: options.betaRegularizer, constraint: options.betaConstraint },
  };
}

/** In the input's axes where it is not the last one that has statistics of its own. */
function alongAxis(weight: Tensor, axis: number, { shape, rank }: Tensor): Tensor {
  if (axis === rank - 1) return weight;
  return tf.reshape(
    weight,
    shape.map((size, index) => (index === axis ? size : 1)),
  );
}

interface Statistics {
  readonly mean: Tensor;
  readonly variance: Tensor;
  readonly gamma: Tensor | null;
  readonly beta: Tensor | null;
  readonly epsilon: number;
}

function withStatistics(input: Tensor, { mean, variance, gamma, beta, epsilon }: Statistics) {
  const [at, spread, factor, offset] = [mean, variance, gamma ?? undefined, beta ?? undefined];
  return tf.batchNorm(
    input as Tensor4D,
    at as Tensor1D,
    spread as Tensor1D,
    offset as Tensor1D | undefined,
    factor as Tensor1D | undefined,
    epsilon,
  );
}

/** Over what is not masked; Keras adds its epsilon to the count. */
function maskedMoments(input: Tensor, mask: Tensor, axes: number[]) {
  const shown = tf.tile(tf.cast(tf.expandDims(mask, -1), 'float32'), [
    ...mask.shape.map(() => 1),
    input.shape.at(-1) ?? 1,
  ]);
  const count = tf.add(tf.sum(shown, axes, true), 1e-7);
  const mean = tf.div(tf.sum(tf.mul(input, shown), axes, true), count);
  const difference = tf.mul(tf.sub(input, mean), shown);
  return { mean, variance: tf.div(tf.sum(tf.square(difference), axes, true), count) };
}

function following(moving: Tensor, batch: Tensor, momentum: number): Tensor {
  const value = tf.reshape(batch, moving.shape);
  return tf.add(tf.mul(moving, momentum), tf.mul(value, 1 - momentum));
}
