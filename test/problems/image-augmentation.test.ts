import { expect, test } from '@jest/globals';
import { findProblem } from '../../problems/index.ts';
import { nearestCentroidAccuracy } from '../support/simple-models.ts';
import { prepareReal, realTest } from '../support/real-data.ts';
import { countLabels, fingerprint, partSizes, sharedRows } from '../support/split-facts.ts';

const problem = findProblem('image-augmentation');
const real = realTest('rock-paper-scissors');

real('the archives make 18 hands, 3 whole hands and the 12 held-out hands', async () => {
  const data = await prepareReal(problem);
  expect(partSizes(data)).toEqual([18 * 120, 3 * 120, 12 * 31]);
  expect(countLabels(data.training.targets, 3)).toEqual([720, 720, 720]);
  expect(countLabels(data.validation.targets, 3)).toEqual([120, 120, 120]);
  expect(countLabels(data.heldOut.targets, 3)).toEqual([124, 124, 124]);
  expect(sharedRows(data)).toBe(0);
  expect(data.decoding).toEqual({ resize: [150, 150], scale: 1 / 255 });
});

real('the data are the same every time', async () => {
  const again = await prepareReal(problem, { fresh: true });
  expect(fingerprint(again)).toBe(fingerprint(await prepareReal(problem)));
});

test('a sample is the same for the same seed, another for another, and has no picture twice', () => {
  const [one, same, other] = [problem.sample?.(1), problem.sample?.(1), problem.sample?.(2)];
  if (!one || !same || !other) throw new Error('no sample');
  expect(fingerprint(same)).toBe(fingerprint(one));
  expect(fingerprint(other)).not.toBe(fingerprint(one));
  expect(partSizes(one)).toEqual([900, 180, 300]);
  expect(sharedRows(one)).toBe(0);
  expect(countLabels(one.heldOut.targets, 3)).toEqual([100, 100, 100]);
});

test('a sample can be learned, but not by the mean picture of each class', () => {
  const data = problem.sample?.(1);
  if (!data) throw new Error('no sample');
  const accuracy = nearestCentroidAccuracy(data, 3);
  expect(accuracy).toBeGreaterThan(0.4);
  expect(accuracy).toBeLessThan(0.85);
});
