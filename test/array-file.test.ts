import { expect, test } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readArray, readBlocks, writeArray, writeBlocks } from '../grader/array-file.ts';
import type { LazyArray, NdArray } from '../grader/contract.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const counted = (length: number) => Int32Array.from({ length }, (_, index) => index);

function lazily(shape: readonly number[], blocks: readonly NdArray['data'][]): LazyArray {
  return {
    dtype: 'int32',
    shape,
    async *blocks() {
      for (const block of blocks) yield await Promise.resolve(block);
    },
  };
}

test('blocks are written one after the other, small ones and ones of megabytes', async () => {
  const rows = 900_000;
  const values = counted(rows);
  const ends = [1, 3, 400_000, 400_001, 700_000, rows];
  const blocks = ends.map((end, index) => values.subarray(ends[index - 1] ?? 0, end));
  const path = join(temporaryFolder(), 'values.bin');
  const file = await writeBlocks(path, lazily([rows], blocks));
  const { data } = await readArray(file);
  expect(
    Buffer.compare(Buffer.from(data.buffer, data.byteOffset), Buffer.from(values.buffer)),
  ).toBe(0);
});

test('an array is read in blocks of whole rows, of which the last may be shorter', async () => {
  const array = { dtype: 'int32', shape: [5, 3], data: counted(15) } as const;
  const file = await writeArray(join(temporaryFolder(), 'values.bin'), array);
  const blocks: [readonly number[], number[]][] = [];
  for await (const { shape, data } of readBlocks(file, 30)) blocks.push([shape, [...data]]);
  expect(blocks).toEqual([
    [
      [2, 3],
      [0, 1, 2, 3, 4, 5],
    ],
    [
      [2, 3],
      [6, 7, 8, 9, 10, 11],
    ],
    [
      [1, 3],
      [12, 13, 14],
    ],
  ]);
});

test('a file of another size is refused before the first block', async () => {
  const path = join(temporaryFolder(), 'values.bin');
  writeFileSync(path, new Uint8Array(11));
  const blocks = readBlocks({ path, dtype: 'int32', shape: [3] });
  await expect(blocks.next()).rejects.toThrow('has 11 bytes, expected 12');
});
