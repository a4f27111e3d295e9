import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../grader/package-root.ts';
import { leastSquares } from '../../grader/prepare/least-squares.ts';
import { prepareReal } from '../support/real-data.ts';
import { loadedProblem } from '../support/loaded-problem.ts';

interface Fixture {
  readonly autoregression: {
    readonly windows: readonly (readonly number[])[];
    readonly targets: readonly number[];
    readonly known: number;
    readonly predicted: readonly number[];
  };
}

test('an autoregression predicts what that of NumPy does', () => {
  const file = join(packageRoot, 'test/fixtures/evidence.json');
  const { windows, targets, known, predicted } = (JSON.parse(readFileSync(file, 'utf8')) as Fixture)
    .autoregression;
  const equations = leastSquares(6);
  windows
    .slice(0, known)
    .forEach((window, row) => equations.add([1, ...window], targets[row] ?? NaN));
  const weights = equations.solve() ?? [];
  windows.slice(known).forEach((window, row) => {
    const value = [1, ...window].reduce((sum, each, at) => sum + each * (weights[at] ?? NaN), 0);
    expect(value).toBeCloseTo(predicted[row] ?? NaN, 9);
  });
});

test('columns that say the same have no weights', () => {
  const equations = leastSquares(2);
  for (const value of [1, 2, 3]) equations.add([value, 2 * value], value);
  expect(equations.solve()).toBeNull();
});

test('the sunspots have thirty weights and a constant that their training part settles', async () => {
  const { training } = await prepareReal(await loadedProblem('sunspots'));
  const equations = leastSquares(31);
  for (let row = 0; row < 2670; row++) {
    const window = Array.from(training.inputs.data.subarray(row * 30, (row + 1) * 30));
    equations.add([1, ...window], training.targets.data[row * 30 + 29] ?? NaN);
  }
  expect(equations.solve()).toHaveLength(31);
});
