import { countValues } from '../array-file.ts';
import type { LazyArray, NdArray } from '../contract.ts';
import { showShape } from '../text/shape.ts';

const storage = { float32: 'Float32Array', int32: 'Int32Array', uint8: 'Uint8Array' } as const;

/** What is wrong with an array's values; null when they are right. */
export function storageComplaint(name: string, { dtype, shape, data }: NdArray): string | null {
  // By name: an array from another realm is no instance of this one's classes.
  const kind = Object.prototype.toString.call(data).slice(8, -1);
  if (kind !== storage[dtype])
    return `${name} of ${dtype} must be a ${storage[dtype]}, got ${kind}`;
  if (data.length !== countValues(shape)) return countComplaint(name, shape, data.length);
  const stray = dtype === 'float32' ? data.findIndex((value) => !Number.isFinite(value)) : -1;
  return stray < 0 ? null : `${name} must be finite, got ${String(data[stray])} at value ${stray}`;
}

interface BlockCheck {
  readonly name: string;
  /** The error to throw for what is wrong. */
  readonly fail: (complaint: string) => Error;
}

/** The blocks of an array as they come, each looked at before it is handed on. */
export async function* checkedBlocks(
  array: LazyArray,
  { name, fail }: BlockCheck,
): AsyncGenerator<NdArray['data']> {
  const { dtype, shape } = array;
  const [, ...row] = shape;
  const rowSize = countValues(row);
  const expected = countValues(shape);
  let count = 0;
  for await (const data of array.blocks()) {
    const block = { dtype, shape: [Math.ceil(data.length / rowSize), ...row], data };
    const complaint = storageComplaint(`a block of ${name}`, block);
    if (complaint !== null) throw fail(complaint);
    count += data.length;
    if (count > expected) break;
    yield data;
  }
  if (count !== expected) throw fail(countComplaint(name, shape, count));
}

function countComplaint(name: string, shape: readonly number[], count: number): string {
  return `${name} of shape ${showShape(shape)} need ${countValues(shape)} values, got ${count}`;
}
