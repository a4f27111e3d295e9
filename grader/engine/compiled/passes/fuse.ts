import { numbersOf } from '../program/literals.ts';
import type { Operation } from '../program/program.ts';
import type { Rewrite, Rewriting } from './rewrite.ts';

/**
 * Operations that TensorFlow has a faster op for: a bias added to the last axis is `BiasAdd`, its
 * gradient, a sum over all axes but the last, `BiasAddGrad`, and a product of one pair of matrices
 * `MatMul`, which TensorFlow joins with bias and activation by itself.
 */
export const fuse: Rewrite = (operation, around) =>
  fusedBias(operation, around) ?? fusedSum(operation, around) ?? singleProduct(operation, around);

const biasAttributes = { T: { type: 'float32' }, data_format: { string: 'NHWC' } } as const;

function fusedBias(operation: Operation, { value }: Rewriting): Operation | null {
  if (operation.op !== 'Add' && operation.op !== 'AddV2') return null;
  const [input, bias] = operation.inputs.map(value);
  if (!input || !bias || input.dtype !== 'float32') return null;
  const fits = bias.shape.length === 1 && bias.shape[0] === input.shape.at(-1);
  if (!fits || input.shape.length < 2 || input.shape.length > 5) return null;
  return { ...operation, op: 'BiasAdd', attributes: biasAttributes };
}

function fusedSum(operation: Operation, { value, constant }: Rewriting): Operation | null {
  const [inputId = -1, axesId] = operation.inputs;
  const input = value(inputId);
  const axes = constant(axesId);
  if (operation.op !== 'Sum' || !axes || input?.dtype !== 'float32') return null;
  const keepsDims = operation.attributes['keep_dims'];
  if (keepsDims && 'bool' in keepsDims && keepsDims.bool) return null;
  const summed = numbersOf(axes, axes.value.dtype);
  const areAllButLast =
    input.shape.length >= 2 &&
    summed.length === input.shape.length - 1 &&
    summed.every((axis, index) => axis === index);
  if (!areAllButLast) return null;
  return { ...operation, op: 'BiasAddGrad', inputs: [inputId], attributes: biasAttributes };
}

function singleProduct(operation: Operation, around: Rewriting): Operation | null {
  const { op, attributes, inputs, outputs } = operation;
  if (op !== 'BatchMatMul' && op !== 'BatchMatMulV2') return null;
  const [a, b] = inputs.map(around.value);
  const [result] = outputs;
  if (!a || !b || !result || a.dtype !== 'float32') return null;
  if ([a, b].some(({ shape }) => shape.slice(0, -2).some((length) => length !== 1))) return null;
  const flag = (name: string) => {
    const value = attributes[name];
    return value !== undefined && 'bool' in value && value.bool;
  };
  const product = {
    op: 'MatMul',
    inputs: inputs.map((id) => asMatrix(id, around)),
    attributes: {
      T: { type: 'float32' },
      transpose_a: { bool: flag('adj_x') },
      transpose_b: { bool: flag('adj_y') },
    },
  } as const;
  if (result.shape.length === 2) return { ...operation, ...product };
  const output = { shape: result.shape.slice(-2), dtype: result.dtype };
  return { ...operation, ...reshaped(around.insert({ ...product, output }), result.shape, around) };
}

function asMatrix(id: number, around: Rewriting): number {
  const value = around.value(id);
  if (!value || value.shape.length === 2) return id;
  const shape = value.shape.slice(-2);
  return around.insert({ ...reshaped(id, shape, around), output: { shape, dtype: value.dtype } });
}

function reshaped(id: number, shape: readonly number[], { insertConstant }: Rewriting) {
  const lengths = insertConstant({ shape: [shape.length], dtype: 'int32', numbers: shape });
  const attributes = { T: { type: 'float32' }, Tshape: { type: 'int32' } } as const;
  return { op: 'Reshape', inputs: [id, lengths], attributes };
}
