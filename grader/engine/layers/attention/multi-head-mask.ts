import { showShape } from '../../../text/shape.ts';
import { GraderError } from '../../../errors.ts';
import type { StoredLayerOptions } from '../../../recipe/layers.ts';
import { tf, type Tensor } from '../../tensorflow/tf.ts';
import type { Given } from '../definition.ts';
import { and, causalMask, windowMask } from './score-mask.ts';

type Options = StoredLayerOptions<'MultiHeadAttention'>;

/** What takes the place of hidden scores: far below any, as in Keras. */
const hidden = -1e9;

/**
 * Scores of [..., query axes, key axes], so many axes of each, with what masks hide. A mask lacks axes
 * in front of them. Throws with fault `candidate` where it does not fit.
 */
export function hideScores(scores: Tensor, mask: Tensor, axes: number): Tensor {
  const before = mask.rank - 2 * axes;
  const sizes = mask.shape.toSpliced(before, 0, ...Array<number>(scores.rank - mask.rank).fill(1));
  const fits = sizes.every((size, axis) => size === 1 || size === scores.shape[axis]);
  if (before < 0 || !fits) throw misfit(mask, scores);
  return tf.where(tf.reshape(mask, sizes), scores, hidden);
}

/**
 * Which step of the query sees which of the key: [batch, query steps, key steps], or what the fourth
 * input has. Null where each sees all.
 */
export function sightOf(options: Options, { inputs, masks }: Given): Tensor | null {
  const [query, value, , attentionMask] = inputs;
  const [queryMask = null, valueMask = null, keyMask = null] = masks;
  const steps = [query?.shape[1] ?? 0, value?.shape[1] ?? 0];
  return [
    queryMask && tf.expandDims(queryMask, -1),
    valueMask && tf.expandDims(valueMask, -2),
    keyMask && tf.expandDims(keyMask, -2),
    options.useCausalMask ? causalMask(steps) : null,
    options.slidingWindow === null ? null : windowMask(steps, options.slidingWindow),
    attentionMask ? tf.cast(attentionMask, 'bool') : null,
  ].reduce(and, null);
}

function misfit(mask: Tensor, scores: Tensor): GraderError {
  return new GraderError({
    fault: 'candidate',
    code: 'attention-mask',
    message: `MultiHeadAttention with scores of ${showShape(scores.shape)} cannot take a mask of ${showShape(mask.shape)}.`,
    help: 'A mask has a size of one, or that of the scores, along the axes of query and key.',
  });
}
