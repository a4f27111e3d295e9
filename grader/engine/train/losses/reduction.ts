import { candidateError } from '../../../errors.ts';
import { showShape } from '../../../text/shape.ts';
import { tf, type Scalar, type Tensor } from '../../tensorflow/tf.ts';

/** What the losses of a batch are weighed by. */
export interface Weighing {
  /** [batch], one weight for each example's loss. */
  readonly weights: Tensor | null;
  /** [batch, ...] of the output, true where a step counts. */
  readonly mask: Tensor | null;
  /** True where a batch of which nothing counts has no number as its mean, as in Keras 2. */
  readonly isKeras2?: boolean;
}

interface Reduced extends Omit<Weighing, 'mask'> {
  /** Each with 1 where a loss counts and 0 where it does not. */
  readonly masks: readonly Tensor[];
  readonly reduction: 'sum_over_batch_size' | 'sum' | 'mean_with_sample_weight';
}

/** Losses [batch, ...] as one number (`reduce_weighted_values`, keras/src/losses/loss.py). */
export function reduceLosses(losses: Tensor, given: Reduced): Scalar {
  const weights = weightsOf(losses, given);
  const weighted = weights ? tf.mul(losses, weights) : losses;
  if (given.reduction === 'sum') return tf.sum(weighted);
  if (given.reduction === 'sum_over_batch_size' || !weights) return tf.mean(weighted);
  const total = tf.sum(tf.mul(weights, tf.ones(losses.shape)));
  return tf.mul(tf.sum(weighted), tf.divNoNan(1, total));
}

/** In a mean those that count stand for those that do not. */
function weightsOf(
  losses: Tensor,
  { weights, masks, isKeras2, reduction }: Reduced,
): Tensor | null {
  const own = weights && alongExamples(weights, losses.rank);
  const [first, ...others] = masks.map((mask) => ofLosses(mask, losses));
  if (!first) return own;
  const mask = others.reduce((a, b) => tf.mul(a, b), first);
  const share = isKeras2 ? tf.div : tf.divNoNan;
  const isMean = reduction === 'sum_over_batch_size';
  const counted = isMean ? tf.mul(mask, share(mask.size, tf.sum(mask))) : mask;
  return own ? tf.mul(own, counted) : counted;
}

/** As far as Keras lays a mask over losses of another shape: along axes of size one. */
function ofLosses(mask: Tensor, { shape, size, rank }: Tensor): Tensor {
  const counts = tf.cast(mask, 'float32');
  if (mask.size === size) return tf.reshape(counts, shape);
  const isAlong = shape.every((length, axis) => length === 1 || length === mask.shape[axis]);
  if (rank === 0 || (rank === mask.rank && isAlong)) return counts;
  throw candidateError(
    'mask-of-output',
    `The model's output has a mask of shape ${showShape(mask.shape)}, and its losses have the shape ${showShape(shape)}, the batch first.`,
    'End the mask before the last layer, or take a loss over the last axis.',
  );
}

/** [batch] as [batch, 1, ...], so that an example's weight reaches all of its losses. */
function alongExamples(weights: Tensor, rank: number): Tensor {
  return tf.reshape(weights, [weights.size, ...Array<number>(Math.max(rank - 1, 0)).fill(1)]);
}
