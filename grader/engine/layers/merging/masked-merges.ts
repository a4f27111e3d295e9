import { GraderError } from '../../../errors.ts';
import { tf, type Tensor } from '../../tensorflow/tf.ts';
import { classNamed, type BaseLayer } from '../class-map.ts';

/**
 * A merged step counts where it counts in any of the merged sequences, as in Keras 3; TF.js asks for
 * all of them, or fails. A sequence without a mask leaves none to a sum, and counts everywhere in a
 * concatenation. What Keras puts in the place of masked values of the other merges is not done: they
 * are refused (fault `candidate`).
 */
export function registerMaskedMerges(): void {
  for (const className of ['Add', 'Average', 'Subtract']) setMask(className, anyOfAll);
  for (const className of ['Multiply', 'Maximum', 'Minimum']) {
    setMask(className, (_inputs, masks) => {
      if (masks.every((mask) => mask === null)) return null;
      throw notMerged(className);
    });
  }
  setMask('Concatenate', (inputs, masks, axis) => {
    if (masks.every((mask) => mask === null)) return null;
    const shown = inputs.map((input, index) => overValues(masks[index] ?? null, input));
    return tf.any(tf.concat(shown, axis), -1);
  });
}

type Masks = readonly (Tensor | null)[];

function anyOfAll(_inputs: readonly Tensor[], masks: Masks): Tensor | null {
  const [first = null, ...others] = masks;
  return others.reduce((any, mask) => (any && mask ? tf.logicalOr(any, mask) : null), first);
}

/** A mask of steps for each value of the steps. */
function overValues(mask: Tensor | null, input: Tensor): Tensor {
  // Not of the input's values: no gradient leads through a mask.
  const all = tf.ones(input.shape, 'bool');
  if (!mask || mask.rank === input.rank) return mask ?? all;
  return tf.logicalAnd(tf.expandDims(mask, -1), all);
}

function notMerged(className: string): GraderError {
  return new GraderError({
    fault: 'candidate',
    code: 'masked-merge',
    message: `${className} of masked sequences is not supported.`,
    help: 'Merge them with Add, Average or Concatenate, or leave mask_zero out.',
  });
}

interface MergeLayer {
  readonly axis: number;
  computeMask(inputs: unknown, masks: unknown): Tensor | null;
}

function setMask(
  className: string,
  maskOfMerged: (inputs: readonly Tensor[], masks: Masks, axis: number) => Tensor | null,
): void {
  const { prototype } = classNamed<BaseLayer>(className) as unknown as { prototype: MergeLayer };
  prototype.computeMask = function (inputs, masks) {
    // TF.js has null or undefined, for one sequence or for all, where there is no mask.
    const given = Array.isArray(masks) ? (masks as (Tensor | null | undefined)[]) : [];
    const known = given.map((mask) => mask ?? null);
    return maskOfMerged(inputs as Tensor[], known, this.axis);
  };
}
