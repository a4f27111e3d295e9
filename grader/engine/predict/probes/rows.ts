import { readRows } from '../../../array-file.ts';
import type { ArrayFile, NdArray } from '../../../contract.ts';

const mostRows = 32;
/** At most: as they are, and changed. */
export const probedRows = 2 * mostRows;

/** A few rows, evenly spaced. */
export function fewRows(inputs: ArrayFile): Promise<NdArray> {
  const [all = 0] = inputs.shape;
  const count = Math.min(all, mostRows);
  const at = Int32Array.from({ length: count }, (_, place) => Math.floor((place * all) / count));
  return readRows(inputs, at);
}

/** The rows as they are, and after them as they were changed. */
export function withChanged({ shape, data }: NdArray, changed: Float32Array): NdArray {
  const [rows = 0, ...row] = shape;
  const both = new Float32Array(2 * data.length);
  both.set(data);
  both.set(changed, data.length);
  return { dtype: 'float32', shape: [2 * rows, ...row], data: both };
}

/** Standard deviation. */
export function spreadOf(values: ArrayLike<number>): number {
  const numbers = Array.from(values);
  const mean = numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
  return Math.sqrt(numbers.reduce((sum, value) => sum + (value - mean) ** 2, 0) / numbers.length);
}
