import { open, writeFile, type FileHandle } from 'node:fs/promises';
import type { ArrayFile, NdArray } from './contract.ts';
import { GraderError } from './errors.ts';

const bytesPerValue = { float32: 4, int32: 4, uint8: 1 } as const;
/** One read takes less than 2 GiB. */
const bytesPerRead = 2 ** 28;

/**
 * TensorFlow takes over memory that starts at a multiple of 64 bytes, and copies any other. What is
 * large glibc maps by itself, 16 bytes after the start of a page, so these come 48 bytes later.
 */
const alignedStart = 48;
const mappedBytes = 2 ** 17;

/** Reads a raw array. Throws with fault `machine` when the file does not have the stated size. */
export async function readArray(file: ArrayFile): Promise<NdArray> {
  const handle = await openArray(file);
  try {
    const data = newValues(file.dtype, countValues(file.shape));
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    for (let done = 0; done < bytes.length;) {
      const length = Math.min(bytes.length - done, bytesPerRead);
      const { bytesRead } = await handle.read(bytes, done, length, done);
      if (bytesRead === 0) throw wrongSize(file, done);
      done += bytesRead;
    }
    return { dtype: file.dtype, shape: file.shape, data };
  } finally {
    await handle.close();
  }
}

/** Opens a raw array for reading. Throws as `readArray` does. */
export async function openArray(file: ArrayFile): Promise<FileHandle> {
  const handle = await open(file.path, 'r');
  try {
    const { size } = await handle.stat();
    if (size !== countBytes(file)) throw wrongSize(file, size);
    return handle;
  } catch (error) {
    await handle.close();
    throw error;
  }
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

export function countBytes({ dtype, shape }: Pick<NdArray, 'dtype' | 'shape'>): number {
  return countValues(shape) * bytesPerValue[dtype];
}

/** Zeros of a type. */
export function newValues(dtype: NdArray['dtype'], length: number): NdArray['data'] {
  const bytes = length * bytesPerValue[dtype];
  const start = bytes < mappedBytes ? 0 : alignedStart;
  const buffer = new ArrayBuffer(start + bytes);
  if (dtype === 'uint8') return new Uint8Array(buffer, start, length);
  return dtype === 'float32'
    ? new Float32Array(buffer, start, length)
    : new Int32Array(buffer, start, length);
}

function wrongSize(file: ArrayFile, bytes: number): GraderError {
  return new GraderError({
    fault: 'machine',
    code: 'array-size',
    message: `${file.path} has ${bytes} bytes, expected ${countBytes(file)}.`,
  });
}
