import { tf, type LayersModel, type Tensor, type Variable } from '../../tensorflow/tf.ts';
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

/** Every weight of a model, trained or not, in the model's order. */
export function variablesOf(model: LayersModel): Variable[] {
  return model.weights.map((weight) => weight.read() as Variable);
}

function backend(): NativeBackend {
  return tf.backend() as unknown as NativeBackend;
}
