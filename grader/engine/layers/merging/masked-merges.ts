import { tf, type Tensor } from '../../tensorflow/tf.ts';
import { overValues } from './merge-mask.ts';

type Masks = readonly (Tensor | null)[];

/** Keras 3 takes 1 for a step that does not count, and 0 for one that counts nowhere (multiply.py). */
export function maskedProduct(inputs: readonly Tensor[], masks: Masks): Tensor {
  const shown = masks.map((mask, index) => maskOf(inputs, mask, index));
  const product = inputs
    .map((input, index) => chosen(shown[index] ?? null, input, tf.onesLike(input)))
    .reduce((a, b) => tf.mul(a, b));
  const counting = shown.filter((mask) => mask !== null);
  if (counting.length < inputs.length) return product;
  return chosen(either(counting), product, tf.zerosLike(product));
}

/**
 * In the place of a step that does not count Keras 3 takes the other one, as there is no neutral number
 * (base_merge.py, `_apply_merge_op_and_or_mask`).
 */
export function maskedExtreme(
  inputs: readonly Tensor[],
  masks: Masks,
  extreme: (a: Tensor, b: Tensor) => Tensor,
): Tensor {
  const [first, ...others] = inputs.map((tensor, index) => ({
    tensor,
    mask: maskOf(inputs, masks[index] ?? null, index),
  }));
  if (!first) throw new Error('a merge of nothing');
  return others.reduce(({ tensor, mask }, next) => {
    const other = chosen(next.mask, next.tensor, tensor);
    return {
      tensor: extreme(chosen(mask, tensor, other), other),
      mask: mask && next.mask ? tf.logicalOr(mask, next.mask) : null,
    };
  }, first).tensor;
}

function maskOf(inputs: readonly Tensor[], mask: Tensor | null, index: number): Tensor | null {
  const input = inputs[index];
  return mask && input ? overValues(mask, input) : null;
}

function chosen(mask: Tensor | null, value: Tensor, other: Tensor): Tensor {
  return mask ? tf.where(mask, value, other) : value;
}

function either(masks: readonly Tensor[]): Tensor {
  return masks.reduce((a, b) => tf.logicalOr(a, b));
}
