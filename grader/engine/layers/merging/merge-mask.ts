import { candidateError } from '../../../errors.ts';
import { tf, type Tensor } from '../../tensorflow/tf.ts';
import type { Given } from '../definition.ts';

type Masked = Pick<Given, 'inputs' | 'masks'>;

/**
 * A merged step counts where it counts in any of the merged sequences, as in Keras 3; a sequence without
 * a mask leaves none.
 */
export function anyMask(_options: unknown, { masks }: Masked): Tensor | null {
  const [first = null, ...others] = masks;
  return others.reduce((any, mask) => (any && mask ? tf.logicalOr(any, mask) : null), first);
}

/** As above; a sequence without a mask counts everywhere. */
export function joinedMask({ axis }: { axis: number }, { inputs, masks }: Masked): Tensor | null {
  if (masks.every((mask) => mask === null)) return null;
  const shown = inputs.map((input, index) => overValues(masks[index] ?? null, input));
  return tf.any(tf.concat(shown, axis), -1);
}

/** What Keras puts in the place of masked values is not done: they are refused (fault `candidate`). */
export function refusedMask(className: string) {
  return (_options: unknown, { masks }: Masked): null => {
    if (masks.every((mask) => mask === null)) return null;
    throw candidateError(
      'masked-merge',
      `${className} of masked sequences is not supported.`,
      'Merge them with Add, Average or Concatenate, or leave mask_zero out.',
    );
  };
}

/** A mask of steps for each value of the steps. */
function overValues(mask: Tensor | null, input: Tensor): Tensor {
  // Not of the input's values: no gradient leads through a mask.
  const all = tf.ones(input.shape, 'bool');
  if (!mask || mask.rank === input.rank) return mask ?? all;
  return tf.logicalAnd(tf.expandDims(mask, -1), all);
}
