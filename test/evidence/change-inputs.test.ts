import { expect, test } from '@jest/globals';
import { changeInputs } from '../../grader/evidence/explain/change-inputs.ts';

const rowsOf = (
  shape: readonly number[],
  dtype: 'float32' | 'int32' | 'uint8',
  rows: number[][],
) => ({
  ...{ shape, dtype },
  at: (row: number) => Promise.resolve(rows[row] ?? []),
});

test('words are left out one by one, and the others move together', async () => {
  const inputs = rowsOf([3, 4], 'int32', [
    [5, 6, 7, 0],
    [0, 0, 8, 9],
    [0, 0, 0, 0],
  ]);
  const { changed, inputs: made } = (await changeInputs(inputs, [0, 1, 2], false)) ?? {};
  expect(changed).toEqual({ kind: 'left-out-words', rows: [0, 1], parts: [3, 2] });
  expect(made?.shape).toEqual([7, 4]);
  expect(Array.from(made?.data ?? [])).toEqual([
    ...[5, 6, 7, 0, 6, 7, 0, 0, 5, 7, 0, 0, 5, 6, 0, 0],
    ...[0, 0, 8, 9, 0, 0, 0, 9, 0, 0, 0, 8],
  ]);
});

test('each square of a picture is covered once, and no other pixel changes', async () => {
  const picture = Array.from({ length: 28 * 28 }, (_, pixel) => pixel % 251);
  const inputs = rowsOf(
    [10, 28, 28],
    'uint8',
    Array.from({ length: 10 }, () => picture),
  );
  const { changed, inputs: made } = (await changeInputs(inputs, [4], false)) ?? {};
  expect(changed).toMatchObject({ kind: 'occlusion', grid: [7, 7], rows: [4], parts: [49] });
  const copies = Array.from({ length: 50 }, (_, copy) =>
    Array.from(made?.data.subarray(copy * 784, (copy + 1) * 784) ?? []),
  );
  expect(copies[0]).toEqual(picture);
  const differing = copies.map((copy) =>
    copy.flatMap((value, at) => (value === picture[at] ? [] : [at])),
  );
  const covered = differing.slice(1).flat();
  expect(new Set(covered).size).toBe(covered.length);
  for (const pixels of differing) expect(pixels.length).toBeLessThanOrEqual(16);
  expect(covered.length).toBeGreaterThan(700);
});

test('a shuffled feature keeps its values, and the other features keep their rows', async () => {
  const rows = Array.from({ length: 40 }, (_, row) => [row, 100 + row, 200 + row]);
  const { changed, inputs: made } =
    (await changeInputs(rowsOf([40, 3], 'float32', rows), null, false)) ?? {};
  const data = Array.from(made?.data ?? []);
  const blocks = [0, 1, 2, 3].map((block) =>
    Array.from({ length: 40 }, (_, at) =>
      data.slice((block * 40 + at) * 3, (block * 40 + at) * 3 + 3),
    ),
  );
  expect(changed).toMatchObject({ kind: 'permuted-features', features: 3 });
  expect(blocks[0]).toEqual(rows);
  for (const feature of [0, 1, 2]) {
    const block = blocks[feature + 1] ?? [];
    const column = (at: number) => block.map((row) => row[at] ?? NaN);
    expect(column(feature)).not.toEqual(rows.map((row) => row[feature]));
    expect(column(feature).toSorted((a, b) => a - b)).toEqual(rows.map((row) => row[feature]));
    const other = (feature + 1) % 3;
    expect(column(other)).toEqual(rows.map((row) => row[other]));
  }
});

test('where rows may not be shown, features are shuffled and nothing else', async () => {
  const words = rowsOf([1, 2], 'int32', [[1, 2]]);
  const picture = rowsOf([1, 28, 28], 'uint8', [Array.from({ length: 784 }, () => 0)]);
  expect(await changeInputs(words, null, false)).toBeNull();
  expect(await changeInputs(picture, null, false)).toBeNull();
});
