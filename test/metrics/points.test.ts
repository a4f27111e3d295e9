import { expect, test } from '@jest/globals';
import type { Profile } from '../../grader/contract.ts';
import { earnPoints } from '../../grader/metrics/points.ts';

const lower: Profile = {
  title: 'Strict',
  source: 'measured',
  inclusive: true,
  bars: [
    { points: 5, value: 0.04 },
    { points: 4, value: 0.045 },
    { points: 3, value: 0.07 },
    { points: 2, value: 0.095 },
    { points: 1, value: 0.12 },
  ],
};
const higher: Profile = {
  ...lower,
  bars: [0.89, 0.88, 0.86, 0.83, 0.75].map((value, index) => ({
    points: (5 - index) as 1 | 2 | 3 | 4 | 5,
    value,
  })),
};

test.each([
  [0.0399, 5],
  [0.04, 5],
  [0.0400001, 4],
  [0.07, 3],
  [0.12, 1],
  [0.1201, 0],
  [Infinity, 0],
])('a lower-is-better value of %p earns %p points', (value, points) => {
  expect(earnPoints(value, lower, 'lower').points).toBe(points);
});

test.each([
  [1, 5],
  [0.89, 5],
  [0.88, 4],
  [0.8799, 3],
  [0.75, 1],
  [0.7499, 0],
  [-Infinity, 0],
])('a higher-is-better value of %p earns %p points', (value, points) => {
  expect(earnPoints(value, higher, 'higher').points).toBe(points);
});

test('a bar that is not inclusive is not reached by a value equal to it', () => {
  expect(earnPoints(0.04, { ...lower, inclusive: false }, 'lower').points).toBe(4);
  expect(earnPoints(0.89, { ...higher, inclusive: false }, 'higher').points).toBe(4);
});

test('NaN earns nothing whichever way is better', () => {
  expect(earnPoints(NaN, lower, 'lower')).toMatchObject({ points: 0 });
  expect(earnPoints(NaN, higher, 'higher').bars.some((bar) => bar.reached)).toBe(false);
});
