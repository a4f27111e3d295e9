import { countBytes, newValues, openArray, readArray } from '../array-file.ts';
import type { ArrayFile } from '../contract.ts';
import { productOf } from '../sizes.ts';

/** Rows of an array file, in any order. */
export interface InputRows extends Pick<ArrayFile, 'shape' | 'dtype'> {
  /** The stored values of one row. */
  at(row: number): Promise<ArrayLike<number>>;
}

const bytesInMemory = 2 ** 26;

/**
 * Lends the rows of a file to `use`: a small file is read at once, of a large one each row that is asked for.
 * Throws with fault `machine` when the file does not have the stated size.
 */
export async function withRows<Result>(
  file: ArrayFile,
  use: (rows: InputRows) => Promise<Result>,
): Promise<Result> {
  const { shape, dtype } = file;
  const size = productOf(shape.slice(1));
  if (countBytes(file) <= bytesInMemory) {
    const { data } = await readArray(file);
    const at = (row: number) => Promise.resolve(data.subarray(row * size, (row + 1) * size));
    return use({ shape, dtype, at });
  }
  const handle = await openArray(file);
  try {
    const at = async (row: number) => {
      const data = newValues(dtype, size);
      const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
      await handle.read(bytes, 0, bytes.length, row * bytes.length);
      return data;
    };
    return await use({ shape, dtype, at });
  } finally {
    await handle.close();
  }
}
