import { expect, test } from '@jest/globals';
import { loadedProblem } from '../support/loaded-problem.ts';
import { prepareReal } from '../support/real-data.ts';
import { fingerprint, partSizes, rowsOf, sharedRows } from '../support/split-facts.ts';

const problem = await loadedProblem('sunspots');

test('3,235 months make 2,670, 300 and 235 windows that are all different', async () => {
  const data = await prepareReal(problem);
  expect(partSizes(data)).toEqual([2670, 300, 235]);
  expect(sharedRows(data)).toBe(0);
  expect(data.training.targets.shape).toEqual([2670, 30, 1]);
  expect(data.validation.targets.shape).toEqual([300, 30, 1]);
  expect(data.heldOut.targets.shape).toEqual([235, 1]);
});

test('the range in problem.json is the one that the series is scaled by', async () => {
  const [lowest = NaN, highest = NaN] = problem.definition.seriesRange ?? [];
  const { notes } = await prepareReal(problem);
  expect(notes[0]).toContain(`(value - ${lowest}) / ${highest - lowest},`);
});

test('the data are the same every time', async () => {
  const again = await prepareReal(problem, { fresh: true });
  expect(fingerprint(again)).toBe(fingerprint(await prepareReal(problem)));
});

test('the training part spans 0 to 1 and its first window starts in January 1749', async () => {
  const { training } = await prepareReal(problem);
  const last = rowsOf(training.targets).map((row) => row.at(-1) ?? NaN);
  const known = [...(rowsOf(training.inputs)[0] ?? []), ...last];
  expect([Math.min(...known), Math.max(...known)]).toEqual([0, 1]);
  expect(training.inputs.data[0]).toBeCloseTo(96.7 / 398.2, 6);
  expect(training.targets.data[0]).toBeCloseTo(104.3 / 398.2, 6);
});

test('each target is the month after its input, and no month is skipped between the parts', async () => {
  const { training, validation, heldOut } = await prepareReal(problem);
  const inputs = rowsOf(training.inputs);
  for (const [row, targets] of rowsOf(training.targets).entries()) {
    expect(targets.slice(0, -1)).toEqual(inputs[row]?.slice(1));
  }
  const firstValidation = rowsOf(validation.inputs)[0];
  expect(firstValidation).toEqual(rowsOf(training.targets).at(-1));
  expect(rowsOf(heldOut.inputs)[0]).toEqual(rowsOf(validation.targets).at(-1));
});

test('held-out windows carry the date of the month that they forecast', async () => {
  const { heldOutLabels } = await prepareReal(problem);
  expect(heldOutLabels).toHaveLength(235);
  expect([heldOutLabels?.[0], heldOutLabels?.at(-1)]).toEqual(['1999-01-31', '2018-07-31']);
});

test('repeating the last month has an MAE of .0405, and the median of the training months .1213', async () => {
  const { heldOut, training } = await prepareReal(problem);
  const actual = [...heldOut.targets.data];
  const error = (predict: (row: number) => number) =>
    actual.reduce((sum, value, row) => sum + Math.abs(value - predict(row)), 0) / actual.length;
  const inputs = rowsOf(heldOut.inputs);
  expect(error((row) => inputs[row]?.at(-1) ?? NaN)).toBeCloseTo(0.0405, 4);
  const months = [...training.targets.data].sort((one, other) => one - other);
  const median = months[Math.floor(months.length / 2)] ?? NaN;
  expect(error(() => median)).toBeCloseTo(0.1213, 4);
});
