import type { KernelBackend } from '@tensorflow/tfjs-core';
import { tf, type Tensor } from './tf.ts';

export interface OpAttribute {
  readonly name: string;
  /** One of the binding's `TF_ATTR_…` numbers. */
  readonly type: number;
  readonly value: unknown;
}

/** A tensor in TensorFlow's own memory, by the binding's number. */
export interface NativeTensor {
  readonly id: number;
  readonly shape: number[];
  readonly dtype: number;
}

/** What is used of tfjs-node's backend (src/nodejs_kernel_backend.ts), by whose ops all kernels run. */
export interface NodeBackend extends KernelBackend {
  readonly binding: Readonly<
    Record<`TF_ATTR_${'TYPE' | 'INT' | 'FLOAT' | 'BOOL' | 'STRING' | 'SHAPE'}`, number>
  >;
  executeSingleOutput(
    name: string,
    attributes: readonly OpAttribute[],
    inputs: readonly unknown[],
  ): Tensor | undefined;
  executeMultipleOutputs(
    name: string,
    attributes: readonly OpAttribute[],
    inputs: readonly unknown[],
    outputs: number,
  ): Tensor[];
  getInputTensorIds(tensors: readonly Tensor[]): number[];
  createOutputTensor(tensor: NativeTensor): Tensor;
}

/** The backend in use: tfjs-node's, or the one on which a step is traced. */
export function nodeBackend(): NodeBackend {
  return tf.backend() as NodeBackend;
}

/** The binding's numbers of tensors, which are brought into TensorFlow's memory where needed. */
export function idsOf(tensors: readonly Tensor[]): number[] {
  return nodeBackend().getInputTensorIds(tensors);
}

/** A tensor of TF.js for one of TensorFlow's, which it then owns. */
export function tensorOf(native: NativeTensor): Tensor {
  return nodeBackend().createOutputTensor(native);
}
