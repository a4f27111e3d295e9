import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newValues, readArray, writeArray } from '../../../grader/array-file.ts';
import type { ArrayFile } from '../../../grader/contract.ts';
import type { RowReader } from '../../../grader/engine/rows/batches.ts';
import { readAhead } from '../../../grader/engine/rows/read-ahead.ts';
import { RowFile } from '../../../grader/engine/rows/row-file.ts';
import {
  gatherRows,
  isStreamed,
  mostBytesInMemory,
  mostRowsPerCall,
  openRows,
} from '../../../grader/engine/rows/stored-rows.ts';
import { seededRandom } from '../../../grader/random.ts';
import { runProgram } from '../run-program.ts';

interface Outcome {
  readonly isStreamed: boolean;
  readonly logs: readonly Record<string, number>[];
  readonly weights: string;
  readonly moved: boolean;
  readonly predictions: string;
}

interface Line {
  readonly name: string;
  readonly trainer?: string;
  readonly memory?: Outcome;
  readonly streamed?: Outcome;
  readonly failure?: unknown;
  readonly again?: unknown;
}

let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rows-'));
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

test('inputs from files train and predict to the bit as those in memory do', async () => {
  const lines = await runProgram<Line>('rows/streaming.js');
  const trainings = lines.filter(({ trainer }) => trainer !== undefined);
  expect(trainings).toHaveLength(24);
  for (const { memory, streamed } of trainings) {
    expect(memory).toMatchObject({ isStreamed: false, moved: true });
    expect(streamed).toEqual({ ...memory, isStreamed: true });
  }
  expect(lines.at(-1)).toMatchObject({
    failure: {
      fault: 'machine',
      code: 'array-read',
      message: expect.stringMatching(
        /training0 cannot be read: 192 bytes at byte 12000 \(row 500\): the file ends there/,
      ),
    },
    again: {
      code: 'array-size',
      message: expect.stringMatching(/has 9600 bytes, expected 216\.$/),
    },
  });
});

test.each(['uint8', 'int32', 'float32'] as const)(
  'rows of %s come in the order that is asked for, alone, twice and with their neighbours',
  async (dtype) => {
    const random = seededRandom(4);
    const data = newValues(dtype, 50 * 15).map(() => Math.floor(random() * 256));
    const file = await writeArray(join(folder, dtype), { dtype, shape: [50, 3, 5], data });
    const rows = Int32Array.of(7, 8, 9, 49, 0, 30, 30, 29, 28, 1, 2);
    const streamed = await openRows(file, 0);
    if (!isStreamed(streamed)) throw new Error('not from its file');
    const target = streamed.newRows(20);
    expect(await streamed.read(rows, target)).toEqual(gatherRows(await readArray(file), rows));
    expect(await streamed.read(new Int32Array(), target)).toHaveLength(0);
    await streamed.close();
  },
);

test('rows that are longer together than one read come whole', async () => {
  const data = Float32Array.from({ length: 9 * 250_000 }, (_, index) => index);
  const file = { dtype: 'float32', shape: [9, 250_000], data } as const;
  const streamed = await RowFile.open(await writeArray(join(folder, 'long'), file));
  const rows = Int32Array.of(1, 2, 3, 4, 5, 6, 7, 8, 0);
  const values = await streamed.read(rows, streamed.newRows(9));
  expect(Buffer.compare(bytesOf(values), bytesOf(gatherRows(file, rows)))).toBe(0);
  await streamed.close();
});

test('the rows of a run stay as they are while those of the next one are read', async () => {
  const written = async (name: string, width: number) => {
    const data = Int32Array.from({ length: 1000 * width }, (_, index) => index);
    return writeArray(join(folder, name), { dtype: 'int32', shape: [1000, width], data });
  };
  const files = [await written('ahead', 4), await written('wider', 9)];
  const open = async (file: ArrayFile) => {
    const array = await RowFile.open(file);
    return { array, rows: 1000, dtype: 'int32', form: (stored: never) => stored } as const;
  };
  const readers = await Promise.all(files.map(open));
  const inMemory = { ...readers[0], array: await readArray(files[0] as ArrayFile) } as RowReader;
  const asked: number[] = [];
  function* runs() {
    for (let first = 0; first < 1000; first += 100) {
      asked.push(first);
      yield { rows: Int32Array.from({ length: 100 }, (_, row) => first + 99 - row) };
    }
  }
  let done = 0;
  for await (const { run, stored } of readAhead([...readers, inMemory], runs())) {
    done += 1;
    expect(asked).toHaveLength(Math.min(done + 1, 10));
    await new Promise((resolve) => setTimeout(resolve, 5));
    const arrays = await Promise.all(files.map((file) => readArray(file)));
    const rows = arrays.map((array) => gatherRows(array, run.rows));
    expect(stored).toEqual([...rows, null]);
    if (done === 8) break;
  }
  expect(done).toBe(8);
  await Promise.all(readers.map(({ array }) => array.close()));
});

test('inputs stay in memory up to 1 GiB or a quarter of the memory; a call takes 64 MiB', async () => {
  expect(mostBytesInMemory()).toBeLessThanOrEqual(2 ** 30);
  expect(mostBytesInMemory()).toBeGreaterThan(2 ** 26);
  const small = await writeArray(join(folder, 'small'), {
    ...{ dtype: 'uint8', shape: [4], data: new Uint8Array(4) },
  });
  expect(isStreamed(await openRows(small))).toBe(false);
  expect(isStreamed(await openRows(small, 4))).toBe(false);
  const rowsOf = (...shapes: number[][]) =>
    mostRowsPerCall(
      shapes.map((shape) => ({ dtype: 'float32' as const, shape, data: new Float32Array() })),
    );
  expect(rowsOf([10, 1024])).toBe(16_384);
  expect(rowsOf([10, 512], [10, 512])).toBe(16_384);
  expect(rowsOf([10, 5000, 5000])).toBe(1);
  expect(rowsOf()).toBe(Infinity);
});

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
