import { expect, test } from '@jest/globals';
import type { Split } from '../../grader/contract.ts';
import { loadedProblem } from '../support/loaded-problem.ts';
import { prepareReal } from '../support/real-data.ts';
import { fingerprint, partSizes, rowsOf, sharedRows } from '../support/split-facts.ts';

const problem = await loadedProblem('regression');

test('392 complete cars make 196 for training, 78 for validation and 118 held out', async () => {
  const data = await prepareReal(problem);
  expect(partSizes(data)).toEqual([196, 78, 118]);
  expect(sharedRows(data)).toBe(0);
  expect(data.notes[0]).toBe(
    '6 of 398 rows have no horsepower and are dropped; nothing is imputed.',
  );
});

test('the data are the same every time', async () => {
  const again = await prepareReal(problem, { fresh: true });
  expect(fingerprint(again)).toBe(fingerprint(await prepareReal(problem)));
});

test('every feature of the training part has mean 0 and deviation 1', async () => {
  const { training, heldOut } = await prepareReal(problem);
  const moments = (split: Split, column: number) => {
    const values = rowsOf(split.inputs).map((row) => row[column] ?? NaN);
    const mean = average(values);
    return [mean, Math.sqrt(average(values.map((value) => (value - mean) ** 2)))];
  };
  for (let column = 0; column < 9; column++) {
    const [mean = NaN, deviation = NaN] = moments(training, column);
    expect(mean).toBeCloseTo(0, 5);
    expect(deviation).toBeCloseTo(1, 5);
  }
  // The held-out part has moments of its own: it took no part in the scale.
  expect(Math.abs(moments(heldOut, 3)[0] ?? 0)).toBeGreaterThan(0.01);
});

test('cars stay in file order, with their mpg and origin', async () => {
  const { training, validation, heldOut } = await prepareReal(problem);
  const parts = [training, validation, heldOut];
  const firstMpg = parts.map(({ targets }) => targets.data[0]);
  expect(firstMpg).toEqual([15, 18, 18]);
  const origins = rowsOf(training.inputs).map((row) => row.slice(6).map(Math.sign).join());
  // Standardised flags: above their mean for the one origin, below it for the others.
  expect(new Set(origins)).toEqual(new Set(['1,-1,-1', '-1,1,-1', '-1,-1,1']));
  expect(origins[0]).toBe('1,-1,-1');
});

test('a constant has an MSE of 62.2 and linear regression 12.0', async () => {
  const { training, heldOut } = await prepareReal(problem);
  const mean = average([...training.targets.data]);
  expect(meanSquaredError(heldOut, () => mean)).toBeCloseTo(62.2, 1);
  const weights = leastSquares(training);
  expect(meanSquaredError(heldOut, (row) => dot(weights, predictors(row)))).toBeCloseTo(12.0, 1);
});

/** A one for the intercept, and all features but the last flag, which follows from the other two. */
const predictors = (row: readonly number[]) => [1, ...row.slice(0, 8)];

function leastSquares({ inputs, targets }: Split): number[] {
  const rows = rowsOf(inputs).map(predictors);
  const size = 9;
  const table = Array.from({ length: size }, (_, i) => [
    ...Array.from({ length: size }, (_, j) =>
      sum(rows.map((row) => (row[i] ?? 0) * (row[j] ?? 0))),
    ),
    sum(rows.map((row, index) => (row[i] ?? 0) * (targets.data[index] ?? 0))),
  ]);
  // Gauss-Jordan; the matrix is positive definite and needs no pivoting.
  for (const [index, pivot] of table.entries()) {
    const scale = pivot[index] ?? 0;
    for (let column = 0; column <= size; column++) pivot[column] = (pivot[column] ?? 0) / scale;
    for (const other of table) {
      if (other === pivot) continue;
      const factor = other[index] ?? 0;
      for (let column = 0; column <= size; column++) {
        other[column] = (other[column] ?? 0) - factor * (pivot[column] ?? 0);
      }
    }
  }
  return table.map((row) => row[size] ?? NaN);
}

function meanSquaredError({ inputs, targets }: Split, predict: (row: number[]) => number): number {
  return average(
    rowsOf(inputs).map((row, index) => (predict(row) - (targets.data[index] ?? NaN)) ** 2),
  );
}

function dot(one: readonly number[], other: readonly number[]): number {
  return sum(one.map((value, index) => value * (other[index] ?? 0)));
}

function average(values: readonly number[]): number {
  return sum(values) / values.length;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
