import { expect, test } from '@jest/globals';
import {
  classRates,
  confusionMatrix,
  macroAverage,
} from '../../grader/metrics/classification-metrics.ts';
import { rocAuc, rocAucOneVsRest } from '../../grader/metrics/ranking-metrics.ts';
import { measure, measureConstant } from '../../grader/metrics/measure.ts';
import { metricIds, metricOf } from '../../grader/metrics/metric.ts';
import { huberLosses, r2 } from '../../grader/metrics/regression-metrics.ts';
import { standardErrorOfMean, standardErrorOfShare } from '../../grader/metrics/standard-error.ts';

test('a confusion matrix has a row for each actual and a column for each predicted label', () => {
  expect(confusionMatrix([0, 0, 1, 2], [0, 1, 1, 0], 3)).toEqual([
    [1, 1, 0],
    [0, 1, 0],
    [1, 0, 0],
  ]);
});

test('a label outside the classes is refused, not dropped', () => {
  expect(() => confusionMatrix([0, 1], [0, 3], 2)).toThrow('row 1 has labels 1 and 3');
});

test('a class that never occurs and is never predicted has rates of 0 and drags the macro average', () => {
  const rates = classRates(confusionMatrix([0, 0, 1], [0, 0, 1], 3));
  expect(rates[2]).toEqual({ precision: 0, recall: 0, f1: 0, support: 0 });
  expect(macroAverage(rates).f1).toBeCloseTo(2 / 3, 12);
});

test('accuracy is the share of equal labels', () => {
  const rows = { actual: [0, 1, 2, 1], predicted: [0, 1, 1, 1] };
  expect(measure('accuracy', rows).value).toBe(0.75);
});

test('a tie between a positive and a negative counts half in the area under the ROC curve', () => {
  expect(rocAuc([true, false], [0.5, 0.5])).toBe(0.5);
  expect(rocAuc([true, true, false, false], [0.9, 0.4, 0.4, 0.1])).toBe(0.875);
});

test('the area under the ROC curve of one class alone is undefined', () => {
  expect(rocAuc([true, true], [0.1, 0.2])).toBeNull();
  expect(
    rocAucOneVsRest(
      [0, 0],
      [
        [0.7, 0.3, 0],
        [0.2, 0.8, 0],
      ],
    ),
  ).toBeNull();
});

test('Huber loss is quadratic up to 1 and linear beyond', () => {
  expect(huberLosses([0, 0, 0], [0.5, 1, 3])).toEqual([0.125, 0.5, 2.5]);
});

test('R2 of the mean is 0, of a constant truth 0 or 1, of one row undefined', () => {
  expect(r2([1, 2, 3], [2, 2, 2])).toBe(0);
  expect(r2([2, 2], [2, 2])).toBe(1);
  expect(r2([2, 2], [2, 3])).toBe(0);
  expect(r2([2], [2])).toBeNull();
});

test('a missing prediction makes a loss NaN, never small', () => {
  expect(measure('mse', { actual: [1, 2], predicted: [1] }).value).toBeNaN();
});

test('standard errors follow the binomial and the central limit theorem', () => {
  expect(standardErrorOfShare([0, 1, 1, 0])).toBe(0.25);
  expect(standardErrorOfShare([1, 1, 1])).toBe(0);
  expect(standardErrorOfMean([1, 3])).toBe(1);
  expect(standardErrorOfMean([4])).toBe(0);
});

test.each(metricIds)('exact answers have the best value of %s, and no error', (id) => {
  const labels = [0, 1, 1, 2];
  const { best } = metricOf(id);
  expect(measure(id, { actual: labels, predicted: labels })).toEqual({
    value: best,
    standardError: 0,
  });
});

test.each(metricIds)('no constant does better by %s than its best one', (id) => {
  const { better, bestConstant } = metricOf(id);
  const actual = [3, 1, 1, 0, 2, 1];
  const best = measureConstant(id, actual, undefined);
  for (const other of [0, 1, 2, 2.5, 3, 9].filter((guess) => guess !== bestConstant(actual))) {
    const value = measureConstant(id, actual, other);
    expect(better === 'higher' ? value <= best : value >= best).toBe(true);
  }
});

test('the best constants are the most frequent label, the median and the mean', () => {
  expect(metricOf('accuracy').bestConstant([2, 0, 2, 0, 1])).toBe(0);
  expect(metricOf('mae').bestConstant([5, 1, 2, 4])).toBe(4);
  expect(metricOf('mse').bestConstant([5, 1, 2, 4])).toBe(3);
});

test('log loss refuses what is no probability', () => {
  const rows = { actual: [0, 1], predicted: [0, 1] };
  for (const row of [[0.9, 0.8], [-0.1, 1.1], [1.5]]) {
    expect(() => measure('log_loss', { ...rows, probabilities: [row, row] })).toThrow(
      'takes probabilities',
    );
  }
});
