import { createRequire } from 'node:module';
import { nodeBackend, type NodeBackend } from './node-backend.ts';
import { tf, type Tensor } from './tf.ts';

const require = createRequire(import.meta.url);

/** TensorFlow's enum values of the types used here (types.proto). */
export const dataTypes = { float32: 1, int32: 3 } as const;

/** An attribute's value with the type it has in the op's definition. */
export type AttributeValue =
  | { readonly type: number }
  | { readonly int: number }
  | { readonly float: number }
  | { readonly bool: boolean }
  | { readonly string: string };

/** The backend on which a step is written down instead of run. */
export const traceBackendName = 'trace';

/** True where TensorFlow's ops run or are traced; false on the shape-only backend. */
export function hasNativeOps(): boolean {
  return tf.getBackend() === 'tensorflow' || isTracing();
}

export function isTracing(): boolean {
  return tf.getBackend() === traceBackendName;
}

/** Runs one TensorFlow op that TF.js has no function for. Throws what TensorFlow reports. */
export function nativeOp(
  name: string,
  inputs: readonly unknown[],
  options: { attributes: Readonly<Record<string, AttributeValue>>; outputs: number },
): Tensor[] {
  const backend = nodeBackend();
  const attributes = Object.entries(options.attributes).map(([attribute, value]) => ({
    name: attribute,
    ...encode(backend, value),
  }));
  return backend.executeMultipleOutputs(name, attributes, inputs, options.outputs);
}

/** A scalar int64 input, which TF.js itself has no type for. */
export function int64Scalar(value: number): unknown {
  const { Int64Scalar } = require('@tensorflow/tfjs-node-gpu/dist/int64_tensors.js') as {
    Int64Scalar: new (value: number) => unknown;
  };
  return new Int64Scalar(value);
}

function encode(backend: NodeBackend, value: AttributeValue): { type: number; value: unknown } {
  const { binding } = backend;
  if ('type' in value) return { type: binding.TF_ATTR_TYPE, value: value.type };
  if ('int' in value) return { type: binding.TF_ATTR_INT, value: value.int };
  if ('float' in value) return { type: binding.TF_ATTR_FLOAT, value: value.float };
  if ('bool' in value) return { type: binding.TF_ATTR_BOOL, value: value.bool };
  return { type: binding.TF_ATTR_STRING, value: value.string };
}

/**
 * TensorFlow's gather along one axis. TF.js's own reads every index in JavaScript to check it, which
 * a traced step cannot; on a CPU TensorFlow checks them itself.
 */
export function gather(
  x: Tensor,
  indices: Tensor,
  { axis, batchDims }: { axis: number; batchDims: number },
): Tensor {
  const attributes = {
    batch_dims: { int: batchDims },
    Tparams: { type: x.dtype === 'float32' ? dataTypes.float32 : dataTypes.int32 },
    Tindices: { type: dataTypes.int32 },
    Taxis: { type: dataTypes.int32 },
  };
  const inputs = [x, indices, tf.scalar(axis, 'int32')];
  return nativeOp('GatherV2', inputs, { attributes, outputs: 1 })[0] as Tensor;
}
