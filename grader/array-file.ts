import { open, writeFile, type FileHandle } from 'node:fs/promises';
import type { ArrayFile, LazyArray, NdArray } from './contract.ts';
import { GraderError } from './errors.ts';
import { productOf } from './sizes.ts';

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
    await readInto(data, { handle, file, start: 0 });
    return { dtype: file.dtype, shape: file.shape, data };
  } finally {
    await handle.close();
  }
}

/** Some rows of a raw array, in the given order. Throws as `readArray` does. */
export async function readRows(file: ArrayFile, rows: Int32Array): Promise<NdArray> {
  const shape = [rows.length, ...file.shape.slice(1)];
  const width = countValues(file.shape.slice(1));
  const data = newValues(file.dtype, countValues(shape));
  const handle = await openArray(file);
  try {
    for (const [index, row] of rows.entries()) {
      const start = row * width * bytesPerValue[file.dtype];
      await readInto(data.subarray(index * width, (index + 1) * width), { handle, file, start });
    }
  } finally {
    await handle.close();
  }
  return { dtype: file.dtype, shape, data };
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

/** Writes the blocks of an array as they come. */
export async function writeBlocks(path: string, array: LazyArray): Promise<ArrayFile> {
  const handle = await open(path, 'w');
  try {
    for await (const bytes of gathered(array.blocks())) await handle.writeFile(bytes);
  } finally {
    await handle.close();
  }
  return { path, dtype: array.dtype, shape: array.shape };
}

/** A write of one small row costs as much as one of a megabyte. */
async function* gathered(blocks: AsyncIterable<NdArray['data']>): AsyncGenerator<Uint8Array> {
  const waiting = new Uint8Array(2 ** 20);
  let used = 0;
  for await (const { buffer, byteOffset, byteLength } of blocks) {
    const bytes = new Uint8Array(buffer, byteOffset, byteLength);
    if (used + bytes.length > waiting.length) {
      yield waiting.subarray(0, used);
      used = 0;
    }
    if (bytes.length > waiting.length) {
      yield bytes;
      continue;
    }
    waiting.set(bytes, used);
    used += bytes.length;
  }
  yield waiting.subarray(0, used);
}

/** Reads a raw array as blocks of whole rows of about `bytesPerBlock`. Throws as `readArray` does. */
export async function* readBlocks(
  file: ArrayFile,
  bytesPerBlock = 2 ** 24,
): AsyncGenerator<NdArray> {
  const [rows = 0, ...row] = file.shape;
  const rowBytes = countBytes({ dtype: file.dtype, shape: row });
  const rowsPerBlock = Math.max(1, Math.floor(bytesPerBlock / rowBytes));
  const handle = await openArray(file);
  try {
    for (let first = 0; first < rows; first += rowsPerBlock) {
      const shape = [Math.min(rowsPerBlock, rows - first), ...row];
      const data = newValues(file.dtype, countValues(shape));
      await readInto(data, { handle, file, start: first * rowBytes });
      yield { dtype: file.dtype, shape, data };
    }
  } finally {
    await handle.close();
  }
}

export function countValues(shape: readonly number[]): number {
  return productOf(shape);
}

export function countBytes({ dtype, shape }: Pick<NdArray, 'dtype' | 'shape'>): number {
  return countValues(shape) * bytesPerValue[dtype];
}

/** Zeros of a type, in memory that threads can share where `Memory` says so. */
export function newValues(
  dtype: NdArray['dtype'],
  length: number,
  Memory: ArrayBufferConstructor | SharedArrayBufferConstructor = ArrayBuffer,
): NdArray['data'] {
  const bytes = length * bytesPerValue[dtype];
  const start = bytes < mappedBytes ? 0 : alignedStart;
  const buffer = new Memory(start + bytes);
  if (dtype === 'uint8') return new Uint8Array(buffer, start, length);
  return dtype === 'float32'
    ? new Float32Array(buffer, start, length)
    : new Int32Array(buffer, start, length);
}

interface Place {
  readonly handle: FileHandle;
  readonly file: ArrayFile;
  /** The first byte in the file. */
  readonly start: number;
}

async function readInto(data: NdArray['data'], { handle, file, start }: Place): Promise<void> {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  for (let done = 0; done < bytes.length;) {
    const length = Math.min(bytes.length - done, bytesPerRead);
    const { bytesRead } = await handle.read(bytes, done, length, start + done);
    if (bytesRead === 0) throw wrongSize(file, start + done);
    done += bytesRead;
  }
}

function wrongSize(file: ArrayFile, bytes: number): GraderError {
  return new GraderError({
    fault: 'machine',
    code: 'array-size',
    message: `${file.path} has ${bytes} bytes, expected ${countBytes(file)}.`,
  });
}
