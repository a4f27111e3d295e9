import { readFile } from 'node:fs/promises';
import type { ArrayFile, Dtype, NdArray } from '../contract.ts';
import { GraderError } from '../errors.ts';

const bytesPerValue: Record<Dtype, number> = { float32: 4, int32: 4, uint8: 1 };

/** Reads an array file into memory. Throws fault `machine` where its size is not that of its shape. */
export async function readArray(file: ArrayFile): Promise<NdArray> {
  const bytes = await readFile(file.path);
  const count = file.shape.reduce((size, axis) => size * axis, 1);
  const expected = count * bytesPerValue[file.dtype];
  if (bytes.byteLength !== expected) {
    throw new GraderError({
      fault: 'machine',
      code: 'array-size',
      message: `${file.path}: ${file.dtype} [${file.shape.join(', ')}] needs ${expected} bytes, the file has ${bytes.byteLength}.`,
      help: 'Check the free space of the disk and grade again.',
    });
  }
  return { dtype: file.dtype, shape: file.shape, data: decode(bytes, file.dtype) };
}

function decode(bytes: Buffer, dtype: Dtype): NdArray['data'] {
  const copy = Uint8Array.from(bytes).buffer;
  if (dtype === 'float32') return new Float32Array(copy);
  return dtype === 'int32' ? new Int32Array(copy) : new Uint8Array(copy);
}
