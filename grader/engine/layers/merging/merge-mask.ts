import { tf, type Tensor } from '../../tensorflow/tf.ts';
import type { Given } from '../definition.ts';

type Masked = Pick<Given, 'inputs' | 'masks'>;
interface Options {
  readonly keras2Masks?: boolean | undefined;
}

/**
 * A merged step counts where it counts in any of the merged sequences, as in Keras 3; a sequence without
 * a mask leaves none. In Keras 2 it counts where it does in all that have a mask.
 */
export function mergedMask({ keras2Masks }: Options, { masks }: Masked): Tensor | null {
  const shown = masks.filter((mask) => mask !== null);
  if (keras2Masks) return shown.length === 0 ? null : shown.reduce((a, b) => tf.logicalAnd(a, b));
  return shown.length < masks.length ? null : shown.reduce((a, b) => tf.logicalOr(a, b));
}

/** As above along the joined axis; a sequence without a mask counts everywhere. */
export function joinedMask(
  { axis, keras2Masks }: Options & { readonly axis: number },
  { inputs, masks }: Masked,
): Tensor | null {
  if (masks.every((mask) => mask === null)) return null;
  const shown = inputs.map((input, index) => overValues(masks[index] ?? null, input));
  const joined = tf.concat(shown, axis);
  return keras2Masks ? tf.all(joined, -1) : tf.any(joined, -1);
}

/** A mask of steps for each value of the steps. */
export function overValues(mask: Tensor | null, input: Tensor): Tensor {
  // Not of the input's values: no gradient leads through a mask.
  const all = tf.ones(input.shape, 'bool');
  if (!mask || mask.rank === input.rank) return mask ?? all;
  return tf.logicalAnd(tf.expandDims(mask, -1), all);
}
