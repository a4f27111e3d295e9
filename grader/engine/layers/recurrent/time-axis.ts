import { tf, type Tensor } from '../../tensorflow/tf.ts';

/** [batch, time, ...] → [time, batch, ...] in the order in which the layer reads. */
export function timeMajor(layer: { readonly goBackwards: boolean }, input: Tensor): Tensor {
  const swapped = swapBatchAndTime(input);
  return layer.goBackwards ? tf.reverse(swapped, 0) : swapped;
}

export function swapBatchAndTime(input: Tensor): Tensor {
  return tf.transpose(input, [1, 0, ...input.shape.slice(2).map((_, axis) => axis + 2)]);
}

export function lastStep(sequence: Tensor): Tensor {
  const [time = 0, ...rest] = sequence.shape;
  return tf.reshape(tf.slice(sequence, [time - 1], [1]), rest);
}
