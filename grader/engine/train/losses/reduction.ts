import { tf, type Scalar, type Tensor } from '../../tensorflow/tf.ts';

interface Reduced {
  /** [batch], one weight for each example's loss. */
  readonly weights: Tensor | null;
  /** Of each loss, 1 where it counts and 0 where it does not. */
  readonly mask: Tensor | null;
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
function weightsOf(losses: Tensor, { weights, mask, reduction }: Reduced): Tensor | null {
  const own = weights && alongExamples(weights, losses.rank);
  if (!mask) return own;
  const isMean = reduction === 'sum_over_batch_size';
  const counted = isMean ? tf.mul(mask, tf.divNoNan(mask.size, tf.sum(mask))) : mask;
  return own ? tf.mul(own, counted) : counted;
}

/** [batch] as [batch, 1, ...], so that an example's weight reaches all of its losses. */
function alongExamples(weights: Tensor, rank: number): Tensor {
  return tf.reshape(weights, [weights.size, ...Array<number>(Math.max(rank - 1, 0)).fill(1)]);
}
