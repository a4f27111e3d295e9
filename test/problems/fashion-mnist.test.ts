import { expect, test } from '@jest/globals';
import { nearestCentroidAccuracy } from '../support/simple-models.ts';
import { loadedProblem } from '../support/loaded-problem.ts';
import { prepareReal, realTest } from '../support/real-data.ts';
import { countLabels, fingerprint, partSizes, sharedRows } from '../support/split-facts.ts';

const problem = await loadedProblem('fashion-mnist');
const real = realTest('fashion-mnist');

real('the published files make 50,000, 10,000 and 10,000 pictures, all different', async () => {
  const data = await prepareReal(problem);
  expect(partSizes(data)).toEqual([50_000, 10_000, 10_000]);
  expect(data.training.inputs.shape).toEqual([50_000, 28, 28]);
  expect(data.decoding).toEqual({ scale: 1 / 255 });
  expect(sharedRows(data)).toBe(0);
  expect(countLabels(data.heldOut.targets, 10)).toEqual(new Array(10).fill(1000));
});

real('the data are the same every time', async () => {
  const again = await prepareReal(problem, { fresh: true });
  expect(fingerprint(again)).toBe(fingerprint(await prepareReal(problem)));
});

test('a sample is the same for the same seed, another for another, and has no picture twice', () => {
  const [one, same, other] = [
    problem.code.sample?.(1),
    problem.code.sample?.(1),
    problem.code.sample?.(2),
  ];
  if (!one || !same || !other) throw new Error('no sample');
  expect(fingerprint(same)).toBe(fingerprint(one));
  expect(fingerprint(other)).not.toBe(fingerprint(one));
  expect(partSizes(one)).toEqual([1500, 300, 300]);
  expect(sharedRows(one)).toBe(0);
  expect(countLabels(one.heldOut.targets, 10)).toEqual(new Array(10).fill(30));
});

test('a sample can be learned, but not by the mean picture of each class', () => {
  const data = problem.code.sample?.(1);
  if (!data) throw new Error('no sample');
  const accuracy = nearestCentroidAccuracy(data, 10);
  expect(accuracy).toBeGreaterThan(0.3);
  expect(accuracy).toBeLessThan(0.9);
});
