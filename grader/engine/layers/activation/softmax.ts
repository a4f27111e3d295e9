import { candidateError } from '../../../errors.ts';
import { showShape } from '../../../text/shape.ts';
import { layer, passesMask } from '../definition.ts';
import { ownAxes, positiveAxes } from '../shapes.ts';
import { tf, type Tensor } from '../../tensorflow/tf.ts';

/**
 * Along one axis, or over several together. As in Keras, what a mask hides gets zero, and a mask whose
 * axes are not the last ones is refused (fault `candidate`).
 */
export const softmax = layer('Softmax', {
  settlesMask: true,
  check({ axis }, [input]) {
    ownAxes(axis, input.length);
  },
  call({ axis }, _weights, { input, mask }) {
    if (!mask) return along(input, axis);
    checkMask(input, mask);
    const shown = tf.cast(mask, 'bool');
    const hidden = tf.where(shown, input, tf.fill(input.shape, -1e9));
    return tf.mul(along(hidden, axis), tf.cast(shown, 'float32'));
  },
  mask: passesMask,
});

function along(input: Tensor, axes: number | readonly number[]): Tensor {
  const { rank } = input;
  const [axis = rank - 1, ...others] = positiveAxes(axes, rank);
  if (others.length > 0) {
    return tf.exp(tf.sub(input, tf.logSumExp(input, [axis, ...others], true)));
  }
  return overLastAxis(input, axis, (values) => tf.softmax(values));
}

/** A function of the last axis for another one. */
export function overLastAxis(x: Tensor, axis: number, of: (x: Tensor) => Tensor): Tensor {
  const { rank } = x;
  if (axis === rank - 1) return of(x);
  const order = Array.from({ length: rank }, (_, index) => index);
  [order[axis], order[rank - 1]] = [rank - 1, axis];
  return tf.transpose(of(tf.transpose(x, order)), order);
}

function checkMask(input: Tensor, mask: Tensor): void {
  const last = input.shape.slice(input.rank - mask.rank);
  if (mask.shape.every((size, axis) => size === last[axis])) return;
  throw candidateError(
    'masked-softmax',
    `Softmax on ${showShape(input.shape)} cannot take a mask of ${showShape(mask.shape)}.`,
    'Leave mask_zero out, or end the mask with a layer that reads it, such as LSTM.',
  );
}
