import { describe, expect, test } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  classRates,
  confusionMatrix,
  macroAverage,
} from '../../grader/metrics/classification-metrics.ts';
import { rocAuc, rocAucOneVsRest } from '../../grader/metrics/ranking-metrics.ts';
import { measure } from '../../grader/metrics/measure.ts';
import { huberLosses, mean, r2 } from '../../grader/metrics/regression-metrics.ts';
import { fixtureTest, kerasFixtures } from '../support/fixtures.ts';

interface Rates {
  precision: number;
  recall: number;
  f1: number;
}

interface ClassificationExpected {
  labels: number[];
  accuracy: number;
  confusion_matrix: number[][];
  per_class: { precision: number[]; recall: number[]; f1: number[]; support: number[] };
  macro: Rates;
}

interface Case<Expected> {
  id: string;
  y_true: number[];
  expected: Expected;
}

const folder = join(kerasFixtures ?? '', 'metrics');

fixtureTest('the cases of scikit-learn are where the tests look for them', () => {
  expect(existsSync(folder)).toBe(true);
});

describe('the metrics equal those of scikit-learn', () => {
  for (const entry of cases<ClassificationExpected & object, { y_pred: number[] }>(
    'classification',
  )) {
    test(`classification: ${entry.id}`, () => {
      expectClassification(entry.y_true, entry.y_pred, entry.expected);
    });
  }

  for (const entry of cases<
    { roc_auc: number | null; 'at_0.5': ClassificationExpected },
    { y_score: number[] }
  >('binary_scores')) {
    test(`binary scores: ${entry.id}`, () => {
      const positive = entry.y_true.map((label) => label === 1);
      expectClose(rocAuc(positive, entry.y_score), entry.expected.roc_auc);
      const labels = entry.y_score.map((score) => (score > 0.5 ? 1 : 0));
      expectClassification(entry.y_true, labels, entry.expected['at_0.5']);
    });
  }

  for (const entry of cases<
    { argmax: ClassificationExpected; roc_auc_ovr_macro: number | null },
    { y_prob: number[][] }
  >('multiclass_scores')) {
    test(`multiclass scores: ${entry.id}`, () => {
      expectClose(rocAucOneVsRest(entry.y_true, entry.y_prob), entry.expected.roc_auc_ovr_macro);
      const labels = entry.y_prob.map((row) => row.indexOf(Math.max(...row)));
      expectClassification(entry.y_true, labels, entry.expected.argmax);
    });
  }

  for (const entry of cases<
    { mae: number; mse: number; rmse: number; r2: number | null; huber_1?: number },
    { y_pred: number[]; sample_weight: number[] | null }
  >('regression')) {
    if (entry.sample_weight !== null) continue;
    test(`regression: ${entry.id}`, () => {
      const { y_true: actual, y_pred: predicted, expected } = entry;
      const mse = measure('mse', { actual, predicted }).value;
      expectClose(measure('mae', { actual, predicted }).value, expected.mae);
      expectClose(mse, expected.mse);
      expectClose(Math.sqrt(mse), expected.rmse);
      expectClose(r2(actual, predicted), expected.r2);
      expectClose(mean(huberLosses(actual, predicted)), expected.huber_1 ?? Number.NaN);
    });
  }
});

function cases<Expected, Extra>(name: string): (Case<Expected> & Extra)[] {
  if (!kerasFixtures) return [];
  const text = readFileSync(join(folder, `${name}.json`), 'utf8');
  return (JSON.parse(text) as { cases: (Case<Expected> & Extra)[] }).cases;
}

/** Labels of a fixture may have gaps: they are numbered in the fixture's order first. */
function expectClassification(
  actual: number[],
  predicted: number[],
  expected: ClassificationExpected,
): void {
  const numbered = (labels: number[]) => labels.map((label) => expected.labels.indexOf(label));
  const matrix = confusionMatrix(numbered(actual), numbered(predicted), expected.labels.length);
  const rates = classRates(matrix);
  expect(matrix).toEqual(expected.confusion_matrix);
  expectClose(measure('accuracy', { actual, predicted }).value, expected.accuracy);
  rates.forEach((rate, label) => {
    expectClose(rate.precision, expected.per_class.precision[label] ?? NaN);
    expectClose(rate.recall, expected.per_class.recall[label] ?? NaN);
    expectClose(rate.f1, expected.per_class.f1[label] ?? NaN);
    expect(rate.support).toBe(expected.per_class.support[label]);
  });
  const average = macroAverage(rates);
  expectClose(average.precision, expected.macro.precision);
  expectClose(average.recall, expected.macro.recall);
  expectClose(average.f1, expected.macro.f1);
}

function expectClose(value: number | null, expected: number | null): void {
  if (value === null || expected === null) {
    expect(value).toBe(expected);
    return;
  }
  const distance = Math.abs(value - expected) / Math.max(1, Math.abs(expected));
  expect(distance).toBeLessThan(1e-9);
}
