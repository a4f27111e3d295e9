import { numbersOf } from '../literals.ts';
import { valuesOf, type Constant, type Operation, type Program, type Value } from '../program.ts';
import { rewriteOperations } from './rewrite.ts';

/**
 * Pairs that TensorFlow has a faster op for: a bias added to the last axis is `BiasAdd`, and its
 * gradient, a sum over all axes but the last, `BiasAddGrad`.
 */
export function fuse(program: Program): Program {
  const values = valuesOf(program);
  const constants = new Map(program.constants.map((constant) => [constant.value.id, constant]));
  return rewriteOperations(
    program,
    (operation) => ({
      operation:
        fusedBias(operation, values) ?? fusedSum(operation, values, constants) ?? operation,
    }),
    fuse,
  );
}

const attributes = { T: { type: 'float32' }, data_format: { string: 'NHWC' } } as const;

function fusedBias(operation: Operation, values: ReadonlyMap<number, Value>): Operation | null {
  if (operation.op !== 'Add' && operation.op !== 'AddV2') return null;
  const [input, bias] = operation.inputs.map((id) => values.get(id));
  if (!input || !bias || input.dtype !== 'float32') return null;
  const fits = bias.shape.length === 1 && bias.shape[0] === input.shape.at(-1);
  if (!fits || input.shape.length < 2 || input.shape.length > 5) return null;
  return { ...operation, op: 'BiasAdd', attributes };
}

function fusedSum(
  operation: Operation,
  values: ReadonlyMap<number, Value>,
  constants: ReadonlyMap<number, Constant>,
): Operation | null {
  const [inputId = -1, axesId = -1] = operation.inputs;
  const input = values.get(inputId);
  const axes = constants.get(axesId);
  if (operation.op !== 'Sum' || !axes || input?.dtype !== 'float32') return null;
  const keepsDims = operation.attributes['keep_dims'];
  if (keepsDims && 'bool' in keepsDims && keepsDims.bool) return null;
  const summed = numbersOf(axes, axes.value.dtype);
  const areAllButLast =
    input.shape.length >= 2 &&
    summed.length === input.shape.length - 1 &&
    summed.every((axis, index) => axis === index);
  if (!areAllButLast) return null;
  return { ...operation, op: 'BiasAddGrad', inputs: [inputId], attributes };
}
