import { expect, test } from '@jest/globals';
import { differenceOf } from '../../grader/scoring/difference.ts';

const truth = Array.from({ length: 300 }, (_, row) => 30 * Math.sin(row));
const off = (by: (row: number) => number) => ({
  actual: truth,
  predicted: truth.map((value, row) => value + by(row)),
});
const noise = (row: number) => ((row * 7919) % 101) / 10 - 5;

test('a small gain on every row is beyond chance, since what is hard is hard for both', () => {
  const then = off(noise);
  const now = off((row) => 0.97 * noise(row));
  const difference = differenceOf('mae', { now, then, isSeries: false });
  expect(difference.method).toBe('paired-bootstrap');
  expect(difference.value).toBeCloseTo(-0.03 * 2.52, 2);
  expect(difference.high).toBeLessThan(0);
  expect(difference.better).toBe(1);
  // The other way around it is as much worse.
  const back = differenceOf('mae', { now: then, then: now, isSeries: false });
  expect([back.value, back.low, back.high]).toEqual(
    [difference.value, difference.high, difference.low].map((each) => expect.closeTo(-each, 12)),
  );
});

test('the interval is that of the central limit theorem for the mean of paired differences', () => {
  const now = off((row) => noise(row + 13));
  const { value, low, high } = differenceOf('mae', { now, then: off(noise), isSeries: false });
  const differences = truth.map((_, row) => Math.abs(noise(row + 13)) - Math.abs(noise(row)));
  const mean = differences.reduce((sum, each) => sum + each, 0) / differences.length;
  const variance = differences.reduce((sum, each) => sum + (each - mean) ** 2, 0) / 299;
  const reach = 1.96 * Math.sqrt(variance / 300);
  expect(value).toBeCloseTo(mean, 12);
  expect(low).toBeCloseTo(mean - reach, 1);
  expect(high).toBeCloseTo(mean + reach, 1);
});

test('equal models differ by nothing, and a series is drawn in blocks', () => {
  const same = { now: off(noise), then: off(noise), isSeries: true };
  expect(differenceOf('rmse', same)).toMatchObject({
    ...{ value: 0, low: 0, high: 0, better: 0, method: 'paired-block-bootstrap' },
  });
});
