import { readFile, writeFile } from 'node:fs/promises';
import type { ArrayFile, NdArray } from './contract.ts';
import { GraderError } from './errors.ts';

const bytesPerValue = { float32: 4, int32: 4, uint8: 1 } as const;

/** Reads a raw array. Throws with fault `machine` when the file does not have the stated size. */
export async function readArray(file: ArrayFile): Promise<NdArray> {
  const bytes = await readFile(file.path);
  const expected = countValues(file.shape) * bytesPerValue[file.dtype];
  if (bytes.length !== expected) {
    throw new GraderError({
      fault: 'machine',
      code: 'array-size',
      message: `${file.path} has ${bytes.length} bytes, expected ${expected}.`,
    });
  }
  const { buffer, byteOffset } = bytes;
  if (file.dtype === 'uint8') return { ...file, data: new Uint8Array(bytes) };
  // A Buffer may start anywhere in a pooled ArrayBuffer; typed arrays need an aligned start.
  const aligned = buffer.slice(byteOffset, byteOffset + bytes.length);
  const data = file.dtype === 'float32' ? new Float32Array(aligned) : new Int32Array(aligned);
  return { dtype: file.dtype, shape: file.shape, data };
}

/** Writes a raw array, little-endian as every platform that TensorFlow runs on is. */
export async function writeArray(path: string, array: NdArray): Promise<ArrayFile> {
  const { data } = array;
  await writeFile(path, new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  return { path, dtype: array.dtype, shape: array.shape };
}

export function countValues(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}
