import { sizeOf } from '../program/attributes.ts';
import { numbersOf } from '../program/literals.ts';
import type { Rewrite, Rewriting } from './rewrite.ts';

const largestFolded = 4096;

/** Small float32 arithmetic on constants alone, and zeros, are made once, here. */
export const foldConstants: Rewrite = (operation, around) => {
  const [result] = operation.outputs;
  if (!result || sizeOf(result.shape) > largestFolded || result.dtype !== 'float32') return null;
  if (operation.op === 'ZerosLike') {
    return constant(around, result.shape, Array<number>(sizeOf(result.shape)).fill(0));
  }
  const inputs = operation.inputs.map((id) => around.constant(id));
  const [first, second] = inputs;
  if (!first) return null;
  if (operation.op === 'Reshape' || operation.op === 'Neg') {
    const sign = operation.op === 'Neg' ? -1 : 1;
    const numbers = numbersOf(first, first.value.dtype).map((number) => sign * number);
    return constant(around, result.shape, numbers);
  }
  const compute = Object.hasOwn(binary, operation.op) ? binary[operation.op] : undefined;
  if (!compute || !second || inputs.length !== 2) return null;
  const shapes = [first, second].map(({ value }) => value.shape);
  const isScalar = (shape: readonly number[] | undefined) => sizeOf(shape ?? []) === 1;
  const isPlain = shapes[0]?.join() === shapes[1]?.join() || shapes.some(isScalar);
  if (!isPlain || first.value.dtype !== 'float32') return null;
  const [a, b] = [numbersOf(first, 'float32'), numbersOf(second, 'float32')];
  const numbers = Array.from({ length: sizeOf(result.shape) }, (_, index) =>
    compute(a[a.length === 1 ? 0 : index] ?? NaN, b[b.length === 1 ? 0 : index] ?? NaN),
  );
  return constant(around, result.shape, numbers);
};

const binary: Readonly<Record<string, (a: number, b: number) => number>> = {
  Add: (a, b) => Math.fround(a + b),
  AddV2: (a, b) => Math.fround(a + b),
  Sub: (a, b) => Math.fround(a - b),
  Mul: (a, b) => Math.fround(a * b),
  Div: (a, b) => Math.fround(a / b),
  RealDiv: (a, b) => Math.fround(a / b),
};

function constant(
  { insertConstant }: Rewriting,
  shape: readonly number[],
  numbers: readonly number[],
): number {
  return insertConstant({ shape, dtype: 'float32', numbers });
}
