import { expect, test } from '@jest/globals';
import {
  normalBelow,
  shortByRows,
  shortBySeed,
  spreadOf,
  studentBelow,
} from '../../grader/authoring/calibrate/chances.ts';
import { proposeBars } from '../../grader/authoring/calibrate/propose-bars.ts';
import { GraderError } from '../../grader/errors.ts';

// scipy 1.x: norm.cdf and t.cdf.
test.each([
  [-2.5, 0.006209665325776132],
  [-1, 0.15865525393145707],
  [0, 0.5],
  [0.3, 0.6179114221889526],
  [1.645, 0.9500150944608786],
])('the chance of a normal number below %d is that of SciPy', (z, chance) => {
  expect(normalBelow(z)).toBeCloseTo(chance, 6);
});

test.each([
  [-1.5, 1, 0.18716704181099886],
  [0.7, 2, 0.7218034876835673],
  [2.2, 3, 0.9424140240117647],
  [-0.4, 4, 0.3547986307149984],
  [3.1, 9, 0.993638772010899],
  [-2, 10, 0.03669401738537018],
])(
  "the chance of Student's t below %d with %d degrees of freedom is that of SciPy",
  (t, freedom, chance) => {
    expect(studentBelow(t, freedom)).toBeCloseTo(chance, 10);
  },
);

const runs = (...values: number[]) => values.map((value) => ({ value, standardError: 0.02 }));

test('seeds have a mean and a deviation; of one there is no chance by seed', () => {
  const spread = spreadOf(runs(0.8, 0.9));
  expect(spread.mean).toBeCloseTo(0.85);
  expect(spread.deviation).toBeCloseTo(Math.SQRT1_2 / 10);
  expect(shortBySeed(spread, 0)).toBeCloseTo(0.5);
  expect(shortBySeed(spreadOf(runs(0.8)), 0.1)).toBeNull();
  expect([shortBySeed(spreadOf(runs(1, 1)), 0.1), shortByRows(0, -0.1)]).toEqual([0, 1]);
});

test('thresholds lie evenly between what has learned nothing and the reference, whichever way is better', () => {
  const idle = { value: 0.5, standardError: 0.01 };
  const higher = proposeBars({
    weakest: spreadOf(runs(0.9, 0.92)),
    constant: idle,
    starter: idle,
    sign: 1,
  });
  const values = higher.map(({ value }) => value);
  expect(values).toEqual([...values].sort((a, b) => b - a));
  expect([higher[0]?.points, (values[0] ?? 0) < 0.91, (values[4] ?? 0) > 0.5]).toEqual([
    5,
    true,
    true,
  ]);
  const lower = proposeBars({
    weakest: spreadOf(runs(0.1, 0.12)),
    constant: idle,
    starter: idle,
    sign: -1,
  });
  expect(lower.map(({ value }) => value)).toEqual([...lower.map(({ value }) => value)].sort());
  expect(() =>
    proposeBars({ weakest: spreadOf(runs(0.51, 0.5)), constant: idle, starter: idle, sign: 1 }),
  ).toThrow(GraderError);
});
