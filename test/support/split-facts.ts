import { createHash } from 'node:crypto';
import type { NdArray, ProblemData } from '../../grader/contract.ts';

const parts = ['training', 'validation', 'heldOut'] as const;

export function partSizes(data: ProblemData): number[] {
  return parts.map((part) => data[part].inputs.shape[0] ?? 0);
}

/** How many rows of a part have inputs that another part has as well. */
export function sharedRows(data: ProblemData): number {
  const [training, validation, heldOut] = parts.map(
    (part) => new Set(rowHashes(data[part].inputs)),
  );
  const shared = (one: Set<string> | undefined, other: Set<string> | undefined) =>
    [...(one ?? [])].filter((hash) => other?.has(hash)).length;
  return shared(training, validation) + shared(training, heldOut) + shared(validation, heldOut);
}

/** One hash over everything that a package returned. */
export function fingerprint(data: ProblemData): string {
  const hash = createHash('sha256').update(JSON.stringify([data.notes, data.decoding]));
  for (const part of parts) {
    for (const array of [data[part].inputs, data[part].targets]) {
      hash.update(JSON.stringify([array.dtype, array.shape])).update(bytesOf(array));
    }
  }
  return hash.digest('hex');
}

export function rowsOf(array: NdArray): number[][] {
  const rows = array.shape[0] ?? 0;
  const size = array.data.length / rows;
  return Array.from({ length: rows }, (_, row) => [
    ...array.data.subarray(row * size, (row + 1) * size),
  ]);
}

export function countLabels(targets: NdArray, classes: number): number[] {
  const counts = new Array<number>(classes).fill(0);
  for (const label of targets.data) counts[label] = (counts[label] ?? 0) + 1;
  return counts;
}

function rowHashes(array: NdArray): string[] {
  const bytes = bytesOf(array);
  const rows = array.shape[0] ?? 1;
  const size = bytes.length / rows;
  return Array.from({ length: rows }, (_, row) =>
    createHash('sha1')
      .update(bytes.subarray(row * size, (row + 1) * size))
      .digest('base64'),
  );
}

function bytesOf(array: NdArray): Uint8Array {
  return new Uint8Array(array.data.buffer, array.data.byteOffset, array.data.byteLength);
}
