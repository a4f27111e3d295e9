import { expect, test } from '@jest/globals';
import { join } from 'node:path';
import { writeArray } from '../../grader/array-file.ts';
import type { NdArray, PreparedData, ProblemDefinition } from '../../grader/contract.ts';
import { sharedRows } from '../../grader/prepare/shared-rows.ts';
import { seededRandom } from '../../grader/random.ts';
import { findProblem } from '../../problems/index.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const random = seededRandom(1);
const many = (rows: number, make: () => number[]) => Array.from({ length: rows }, make);
const numbers = (length: number, most: number) => () =>
  Array.from({ length }, () => Math.floor(random() * most));

interface Parts {
  readonly training: readonly number[][];
  readonly validation: readonly number[][];
  readonly heldOut: readonly number[][];
}

async function shared(id: string, row: readonly number[], parts: Parts) {
  const { definition } = findProblem(id);
  const folder = temporaryFolder();
  const dtype = typeOf(definition);
  const write = async (name: keyof Parts) => {
    const data = parts[name].flat();
    const array: NdArray = {
      dtype,
      shape: [parts[name].length, ...row],
      data:
        dtype === 'int32'
          ? Int32Array.from(data)
          : dtype === 'uint8'
            ? Uint8Array.from(data)
            : Float32Array.from(data),
    };
    const inputs = await writeArray(join(folder, name), array);
    return { inputs, targets: inputs };
  };
  const data: PreparedData = {
    source: { dataset: 'made', variant: 'made', sample: true },
    ...{ notes: [], decoding: {} },
    training: await write('training'),
    validation: await write('validation'),
    heldOut: await write('heldOut'),
  };
  return sharedRows(data, definition);
}

function typeOf({ input, task }: ProblemDefinition) {
  return input.dtype === 'int32' ? 'int32' : task === 'multiclass' ? 'uint8' : 'float32';
}

test('headlines that are the same, and those of which one word is another or missing', async () => {
  const lines = many(200, numbers(10, 5000)).map((words) => words.map((id) => id + 2));
  const [one = [], two = [], three = [], short = [], ...others] = lines;
  const padded = (words: number[]) => [...words, ...Array<number>(12 - words.length).fill(0)];
  const heldOut = [
    ...[
      one,
      two.with(3, 9999),
      three.slice(1),
      [...short.slice(0, 3), 7],
      others[0]?.with(1, 1).with(2, 1) ?? [],
    ],
    ...many(50, numbers(10, 5000)).map((words) => words.map((id) => id + 2)),
  ];
  const parts = {
    training: lines.slice(1).map(padded),
    validation: [padded(one)],
    heldOut: heldOut.map(padded),
  };
  expect(await shared('sarcasm', [12], parts)).toEqual({
    ...{ rows: 55, exact: 1, near: 2, kind: 'words' },
  });
});

/** 28 x 28 pixels in 8 rows of 9 grey areas. */
function picture(): number[] {
  const areas = numbers(72, 256)();
  return Array.from({ length: 784 }, (_, at) => {
    const [y, x] = [Math.floor(at / 28), at % 28];
    return areas[Math.floor((y * 8) / 28) * 9 + Math.floor((x * 9) / 28)] ?? 0;
  });
}

test('pictures that are the same, and those that look the same', async () => {
  const training = many(300, picture);
  const [one = [], two = [], three = []] = training;
  const brighter = two.map((value) => Math.min(255, value + 2));
  const others = [
    three.with(5, 0),
    one.map((value) => Math.floor(value / 3)),
    ...many(40, picture),
  ];
  const parts = { training, validation: many(20, picture), heldOut: [one, brighter, ...others] };
  // A third as bright is another picture.
  expect(await shared('fashion-mnist', [28, 28], parts)).toEqual({
    ...{ rows: 44, exact: 1, near: 2, kind: 'pictures' },
  });
});

test('rows whose features are all nearly the same, and windows of a series that are the same', async () => {
  const rows = many(100, () => Array.from({ length: 9 }, random));
  const [one = [], two = []] = rows;
  const heldOut = [
    ...[one, two.map((value) => value + 0.001), two.with(0, (two[0] ?? 0) + 0.5)],
    ...many(30, () => Array.from({ length: 9 }, random)),
  ];
  const parts = {
    training: rows,
    validation: many(9, () => Array.from({ length: 9 }, random)),
    heldOut,
  };
  expect(await shared('regression', [9], parts)).toEqual({
    ...{ rows: 33, exact: 1, near: 1, kind: 'features' },
  });
  expect(await shared('sunspots', [9, 1], parts)).toEqual({
    ...{ rows: 33, exact: 1, near: 0, kind: 'series' },
  });
});
