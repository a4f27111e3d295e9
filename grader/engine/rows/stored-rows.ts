import { constrainedMemory } from 'node:process';
import { totalmem } from 'node:os';
import { countBytes, countValues, newValues, readArray } from '../../array-file.ts';
import type { ArrayFile, NdArray } from '../../contract.ts';
import { bytesOfRow, RowFile } from './row-file.ts';

/** Rows in memory, or in a file from which they are read when they are needed. */
export type StoredRows = NdArray | RowFile;

/** The bytes up to which an array is held in memory: a quarter of the machine's, at most 1 GiB. */
export function mostBytesInMemory(): number {
  const allowed = constrainedMemory() || Infinity;
  // In a jail neither shows what a container allows.
  const told = Number(process.env['GRADER_MEMORY_BYTES'] ?? Infinity);
  return Math.min(2 ** 30, Math.min(totalmem(), allowed, told) / 4);
}

/** An array in memory, or its open file where it has more bytes than that. Whoever opens closes. */
export async function openRows(file: ArrayFile, most = mostBytesInMemory()): Promise<StoredRows> {
  return countBytes(file) > most ? RowFile.open(file) : readArray(file);
}

export function isStreamed(rows: StoredRows): rows is RowFile {
  return rows instanceof RowFile;
}

/**
 * How many rows of all these arrays one call into TensorFlow may be given: some 64 MiB, or one where
 * a row has more.
 */
export function mostRowsPerCall(arrays: readonly StoredRows[]): number {
  const bytes = arrays.reduce((sum, array) => sum + bytesOfRow(array), 0);
  return Math.max(1, Math.floor(2 ** 26 / bytes));
}

/** Some rows in the given order as one flat array of the stored type. Throws for a row that is not there. */
export function gatherRows(array: NdArray, rows: Int32Array): NdArray['data'] {
  const width = countValues(array.shape.slice(1));
  const gathered = newValues(array.dtype, rows.length * width);
  rows.forEach((row, index) => {
    if (row < 0 || row >= (array.shape[0] ?? 0)) throw new Error(`there is no row ${row}`);
    gathered.set(array.data.subarray(row * width, (row + 1) * width), index * width);
  });
  return gathered;
}
