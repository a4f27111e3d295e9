import { tf, type Tensor } from '../../tensorflow/tf.ts';
import type { NativeTensor } from './session.ts';

/** The part of tfjs-node's backend that knows TensorFlow's tensors by their numbers. */
interface NativeBackend {
  getInputTensorIds(tensors: readonly Tensor[]): number[];
  createOutputTensor(tensor: NativeTensor): Tensor;
}

/** The binding's numbers of tensors, which are brought into TensorFlow's memory where needed. */
export function idsOf(tensors: readonly Tensor[]): number[] {
  return backend().getInputTensorIds(tensors);
}

/** A tensor of TF.js for one of TensorFlow's, which it then owns. */
export function tensorOf(native: NativeTensor): Tensor {
  return backend().createOutputTensor(native);
}

function backend(): NativeBackend {
  return tf.backend() as unknown as NativeBackend;
}
