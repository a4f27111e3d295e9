import { expect, test } from '@jest/globals';
import { wilsonInterval } from '../../grader/metrics/interval.ts';
import { seededRandom } from '../../grader/random.ts';
import { certaintyOf } from '../../grader/scoring/certainty.ts';

const bars = ([5, 4, 3, 2, 1] as const).map((points, at) => ({ points, value: 4.6 + 0.2 * at }));
const profile = { title: '', source: '', inclusive: true, bars };

/** Of the errors alone: what is predicted is 0. */
const ofErrors = (errors: readonly number[], isSeries = false) => ({
  rows: { actual: errors, predicted: errors.map(() => 0) },
  ...{ profile, isSeries },
});

const errors = Array.from({ length: 118 }, (_, row) => ((row * 37) % 101) / 10);

// scipy 1.17.1: binomtest(right, rows).proportion_ci(method='wilson')
test.each([
  [8, 10, 0.4901624715, 0.9433178485],
  [0, 7, 0, 0.3543304351],
  [7, 7, 0.6456695649, 1],
  [8404, 10_000, 0.8330914072, 0.8474471667],
])('the interval of %d of %d right answers is that of scipy', (right, rows, low, high) => {
  const interval = wilsonInterval(Array.from({ length: rows }, (_, row) => Number(row < right)));
  expect(interval[0]).toBeCloseTo(low, 6);
  expect(interval[1]).toBeCloseTo(high, 6);
});

test('a bootstrap of means and of other metrics finds the interval that scipy finds', () => {
  // scipy.stats.bootstrap(method='percentile') with 100,000 and 50,000 resamples; ours are fewer.
  const known = { mae: [4.4186, 5.4805], rmse: [5.2617, 6.2118] } as const;
  for (const id of ['mae', 'rmse'] as const) {
    const { low, high, method } = certaintyOf(id, ofErrors(errors));
    expect(method).toBe('bootstrap');
    expect(Math.abs(low - known[id][0])).toBeLessThan(0.05);
    expect(Math.abs(high - known[id][1])).toBeLessThan(0.05);
  }
});

test('each resample earns its points, most of them around those of the metric, 4.95', () => {
  const { points } = certaintyOf('mae', ofErrors(errors));
  expect(points.indexOf(Math.max(...points))).toBe(3);
  expect(points.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
});

test('neighbours of a series that are alike make its mean less certain', () => {
  const random = seededRandom(5);
  let last = 0;
  const walk = Array.from({ length: 400 }, () => (last = 0.9 * last + random() - 0.5)).map(
    Math.abs,
  );
  const width = (isSeries: boolean) => {
    const { low, high } = certaintyOf('mae', ofErrors(walk, isSeries));
    return high - low;
  };
  expect(width(true)).toBeGreaterThan(1.5 * width(false));
});
