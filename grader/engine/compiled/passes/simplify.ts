import { sizeOf } from '../attributes.ts';
import { numbersOf } from '../literals.ts';
import { valuesOf, type Constant, type Operation, type Program, type Value } from '../program.ts';
import { rewriteOperations, type Rewritten } from './rewrite.ts';

/**
 * Operations that change nothing go: products with one, sums with zero, casts to the same type,
 * reshapes, tiles and transposes that keep the shape. TF.js's gradients are full of them.
 */
export function simplify(program: Program): Program {
  const values = valuesOf(program);
  const constants = new Map(program.constants.map((constant) => [constant.value.id, constant]));
  const known: Known = {
    value: (id) => values.get(id),
    isFilledWith: (id, wanted) => isFilledWith(constants.get(id), wanted),
    constant: (id) => constants.get(id),
  };
  return rewriteOperations(program, (operation) => simplified(operation, known), simplify);
}

interface Known {
  readonly value: (id: number) => Value | undefined;
  readonly isFilledWith: (id: number, wanted: number) => boolean;
  readonly constant: (id: number) => Constant | undefined;
}

function simplified(operation: Operation, known: Known): Rewritten {
  const [first, second] = operation.inputs;
  const [result] = operation.outputs;
  const isSame = (id: number | undefined) =>
    id !== undefined && result !== undefined && isSameType(known.value(id), result);
  const becomes = (id: number | undefined): Rewritten =>
    id !== undefined && isSame(id) ? { sameAs: [id] } : { operation };
  switch (operation.op) {
    case 'Mul':
      if (second !== undefined && known.isFilledWith(second, 1)) return becomes(first);
      if (first !== undefined && known.isFilledWith(first, 1)) return becomes(second);
      return { operation };
    case 'Div':
    case 'RealDiv':
      return second !== undefined && known.isFilledWith(second, 1) ? becomes(first) : { operation };
    case 'Add':
    case 'AddV2':
      if (second !== undefined && known.isFilledWith(second, 0)) return becomes(first);
      if (first !== undefined && known.isFilledWith(first, 0)) return becomes(second);
      return { operation };
    case 'Sub':
      return second !== undefined && known.isFilledWith(second, 0) ? becomes(first) : { operation };
    case 'Identity':
    case 'Cast':
    case 'Reshape':
    case 'Tile':
    case 'BroadcastTo':
      return becomes(first);
    case 'Transpose':
      return isInOrder(second === undefined ? undefined : known.constant(second))
        ? becomes(first)
        : { operation };
    default:
      return { operation };
  }
}

function isSameType(a: Value | undefined, b: Value): boolean {
  return a !== undefined && a.dtype === b.dtype && a.shape.join() === b.shape.join();
}

function isInOrder(permutation: Constant | undefined): boolean {
  if (!permutation) return false;
  return numbersOf(permutation, permutation.value.dtype).every((axis, index) => axis === index);
}

const largestFilled = 4096;

function isFilledWith(constant: Constant | undefined, wanted: number): boolean {
  if (!constant || constant.value.dtype !== 'float32') return false;
  if (sizeOf(constant.value.shape) > largestFilled) return false;
  return numbersOf(constant, 'float32').every((number) => number === wanted);
}
