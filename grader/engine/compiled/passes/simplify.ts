import { sizeOf } from '../program/attributes.ts';
import { numbersOf } from '../program/literals.ts';
import type { Constant, Operation, Value } from '../program/program.ts';
import type { Rewrite, Rewriting } from './rewrite.ts';

/**
 * Operations that change nothing go: products with one, sums with zero, casts to the same type and
 * back, reshapes, tiles and transposes that keep the shape, sums over an axis of one. TF.js's
 * gradients are full of them.
 */
export const simplify: Rewrite = (operation, around) => {
  const rule = Object.hasOwn(rules, operation.op) ? rules[operation.op] : undefined;
  return rule?.(operation, around) ?? null;
};

const rules: Readonly<Record<string, Rewrite>> = {
  Mul: product,
  Div: quotient,
  RealDiv: quotient,
  Sub: (operation, around) => withoutNeutral(operation, around, 0),
  Add: sum,
  AddV2: sum,
  Identity: unchanged,
  Tile: unchanged,
  BroadcastTo: unchanged,
  Cast: cast,
  Reshape: reshape,
  Sum: reduction,
  Mean: reduction,
  Transpose: (operation, around) =>
    isInOrder(around.constant(operation.inputs[1])) ? unchanged(operation, around) : null,
};

function unchanged(operation: Operation, { value }: Rewriting): number | null {
  const [first] = operation.inputs;
  const [result] = operation.outputs;
  return first !== undefined && isSameType(value(first), result) ? first : null;
}

function withoutNeutral(operation: Operation, around: Rewriting, neutral: number): number | null {
  const isNeutral = isFilledWith(around.constant(operation.inputs[1]), neutral);
  return isNeutral ? unchanged(operation, around) : null;
}

function sum(operation: Operation, around: Rewriting): number | null {
  return withoutNeutral(operation, around, 0) ?? withoutNeutral(swapped(operation), around, 0);
}

/** A product with a tensor of ones is nothing, or a broadcast to its shape. */
function product(operation: Operation, around: Rewriting): Operation | number | null {
  for (const each of [operation, swapped(operation)]) {
    const [first, second] = each.inputs;
    const ones = around.constant(second);
    if (first === undefined || !isFilledWith(ones, 1)) continue;
    const same = unchanged(each, around);
    if (same !== null) return same;
    const [result] = operation.outputs;
    const isFloat = around.value(first)?.dtype === 'float32';
    if (!result || !isFloat || sizeOf(result.shape) < smallestBroadcast) continue;
    const shape = around.insertConstant({
      ...{ shape: [result.shape.length], dtype: 'int32', numbers: result.shape },
    });
    return {
      ...operation,
      op: 'BroadcastTo',
      inputs: [first, shape],
      attributes: { T: { type: 'float32' }, Tidx: { type: 'int32' } },
    };
  }
  return null;
}

/** A broadcast divided by one number is the broadcast of the quotient, which is smaller. */
function quotient(operation: Operation, around: Rewriting): Operation | number | null {
  const same = withoutNeutral(operation, around, 1);
  if (same !== null) return same;
  const before = around.producer(operation.inputs[0]);
  const [source, shape] = before?.op === 'BroadcastTo' ? before.inputs : [];
  const [, divisor] = operation.inputs;
  const input = around.value(source);
  const isOneNumber = around.constant(divisor)?.value.shape.length === 0;
  if (!before || !input || source === undefined || shape === undefined) return null;
  if (divisor === undefined || !isOneNumber) return null;
  const { op, attributes } = operation;
  const inner = around.insert({ op, attributes, inputs: [source, divisor], output: input });
  return { ...before, inputs: [inner, shape], outputs: operation.outputs };
}

function swapped(operation: Operation): Operation {
  return { ...operation, inputs: operation.inputs.toReversed() };
}

/** Whole numbers that go to float32 and come back are the same: word ids are far below 2^24. */
function cast(operation: Operation, around: Rewriting): number | null {
  const same = unchanged(operation, around);
  if (same !== null) return same;
  const before = around.producer(operation.inputs[0]);
  const source = before?.op === 'Cast' ? before.inputs[0] : undefined;
  const [result] = operation.outputs;
  const isThere = source !== undefined && isSameType(around.value(source), result);
  return isThere && result?.dtype === 'int32' ? source : null;
}

function reshape(operation: Operation, around: Rewriting): Operation | number | null {
  const same = unchanged(operation, around);
  if (same !== null) return same;
  const before = around.producer(operation.inputs[0]);
  const [source] = before?.op === 'Reshape' ? before.inputs : [];
  const [, shape] = operation.inputs;
  if (source === undefined || shape === undefined) return null;
  const [result] = operation.outputs;
  if (isSameType(around.value(source), result)) return source;
  return { ...operation, inputs: [source, shape] };
}

/** A sum or mean over axes of one element only changes the shape. */
function reduction(operation: Operation, around: Rewriting): Operation | number | null {
  const input = around.value(operation.inputs[0]);
  const [first] = operation.inputs;
  const [result] = operation.outputs;
  if (!input || !result || first === undefined) return null;
  if (sizeOf(input.shape) !== sizeOf(result.shape)) return null;
  const same = unchanged(operation, around);
  if (same !== null) return same;
  const shape = around.insertConstant({
    ...{ shape: [result.shape.length], dtype: 'int32', numbers: result.shape },
  });
  return {
    ...operation,
    op: 'Reshape',
    inputs: [first, shape],
    attributes: { T: { type: input.dtype }, Tshape: { type: 'int32' } },
  };
}

function isSameType(a: Value | undefined, b: Value | undefined): boolean {
  return !!a && !!b && a.dtype === b.dtype && a.shape.join() === b.shape.join();
}

function isInOrder(permutation: Constant | undefined): boolean {
  if (!permutation) return false;
  return numbersOf(permutation, permutation.value.dtype).every((axis, index) => axis === index);
}

const smallestBroadcast = 1024;

function isFilledWith(constant: Constant | undefined, wanted: number): boolean {
  if (constant?.value.dtype !== 'float32') return false;
  const { bytes } = constant;
  const numbers = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
  return numbers.every((number) => number === wanted);
}
