import { expect, test } from '@jest/globals';
import { duration, metricFormat, percent, significant, utc } from '../../grader/text/numbers.ts';
import { thresholdsView } from '../../grader/report/view/thresholds.ts';
import { korean } from '../../grader/words/ko.ts';
import { english } from '../../grader/words/en.ts';
import { golden } from '../report/golden.ts';

test('a value that rounds onto a bar it does not reach gets more decimals', () => {
  const { profile } = golden('sunspots');
  expect(metricFormat(profile, 0.0381)(0.0381)).toBe('0.0381');
  expect(metricFormat(profile, 0.04001)(0.04001)).toBe('0.04001');
  expect(metricFormat(profile, 0.04)(0.04)).toBe('0.0400');
  expect(metricFormat(golden('regression').profile)(12.836)).toBe('12.84');
});

test.each([
  [0, '0'],
  [0.00027, '0.00027'],
  [0.0000271, '2.71e−5'],
  [-3.14159, '−3.142'],
  [1234.5, '1,235'],
  [123456789, '1.23e8'],
  [NaN, 'NaN'],
  [Infinity, '∞'],
  [-Infinity, '−∞'],
])('%p is written %p', (value, text) => {
  expect(significant(value)).toBe(text);
});

test('times are written for people', () => {
  expect(duration(8.42, english.run.units)).toBe('8.4 s');
  expect(duration(59.97, english.run.units)).toBe('1 min 00 s');
  expect(duration(185, english.run.units)).toBe('3 min 05 s');
  expect(duration(3720, english.run.units)).toBe('1 h 02 min');
  expect(duration(185, korean.run.units)).toBe('3분 05초');
  expect(utc('2026-08-14T09:20:01.250Z')).toBe('2026-08-14 09:20:01 UTC');
  expect(percent(0.041)).toBe('4.1%');
});

test('the scale places a value in the zone of its points, better to the right', () => {
  for (const name of ['sunspots', 'fashion-mnist', 'regression'] as const) {
    const report = golden(name);
    const { score } = report;
    if (!score) throw new Error('the golden report has no score');
    const view = thresholdsView({ ...report, score }, english);
    const zone = 100 / 6;
    expect(Math.floor(Number(view.value) / zone)).toBe(score.points);
    expect(Math.floor(Number(view.baseline) / zone)).toBe(0);
    expect(Number(view.whisker.left)).toBeLessThan(Number(view.value));
  }
});

test('a value far beyond the scale stays on it', () => {
  const report = golden('sunspots');
  if (!report.score) throw new Error('the golden report has no score');
  const view = thresholdsView(
    { ...report, score: { ...report.score, value: 1e9, points: 0 } },
    english,
  );
  expect(view.value).toBe('0.00');
});
