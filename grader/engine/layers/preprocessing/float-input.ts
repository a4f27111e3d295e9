import { tf, type Tensor } from '../../tensorflow/tf.ts';

/** The input in float32: pictures may arrive as integers. */
export function floatInput(input: Tensor): Tensor {
  return input.dtype === 'float32' ? input : tf.cast(input, 'float32');
}
