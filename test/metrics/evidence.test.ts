import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { calibrationBins, calibrationError } from '../../grader/metrics/calibration.ts';
import {
  averagePrecision,
  decisionsAt,
  decisionSteps,
  precisionRecallPoints,
  rocPoints,
} from '../../grader/metrics/decision-curves.ts';
import { areProbabilities } from '../../grader/metrics/probabilities.ts';
import { packageRoot } from '../../grader/package-root.ts';

type Points = readonly (readonly [number, number])[];

interface Fixture {
  readonly decisions: {
    readonly labels: readonly number[];
    readonly scores: readonly number[];
    readonly roc: Points;
    readonly precisionRecall: Points;
    readonly averagePrecision: number;
  };
  readonly calibration: {
    readonly probabilities: readonly number[];
    readonly labels: readonly number[];
    readonly bins: readonly Readonly<Record<string, number>>[];
    readonly error: number;
  };
}

const file = join(packageRoot, 'test/fixtures/evidence.json');
const { decisions, calibration } = JSON.parse(readFileSync(file, 'utf8')) as Fixture;
const isPositive = decisions.labels.map((label) => label === 1);

test('ROC, precision-recall and average precision are those of scikit-learn', () => {
  const steps = decisionSteps(isPositive, decisions.scores);
  if (!steps) throw new Error('a class is missing');
  expect(rocPoints(steps)).toEqual(nearly(decisions.roc));
  const points = precisionRecallPoints(steps);
  // scikit-learn ends at the first threshold that finds every positive row.
  expect(points.slice(0, decisions.precisionRecall.length)).toEqual(
    nearly(decisions.precisionRecall),
  );
  expect(averagePrecision(points)).toBeCloseTo(decisions.averagePrecision, 12);
});

test('bins, their Wilson intervals and the error are those of scikit-learn and SciPy', () => {
  const bins = calibrationBins(
    calibration.probabilities,
    calibration.labels.map((label) => label === 1),
  );
  expect(bins).toHaveLength(calibration.bins.length);
  bins.forEach((bin, at) => {
    for (const [key, value] of Object.entries(calibration.bins[at] ?? {})) {
      expect(bin[key as keyof typeof bin]).toBeCloseTo(value, 6);
    }
  });
  expect(calibrationError(bins)).toBeCloseTo(calibration.error, 10);
});

test('a row counts as positive above the threshold, as in the score', () => {
  expect(decisionsAt(0.5, [true, true, false, false], [0.5, 0.6, 0.5, 0.9])).toEqual({
    ...{ threshold: 0.5, truePositives: 1, falsePositives: 1 },
    ...{ falseNegatives: 1, trueNegatives: 1 },
  });
});

test('without one of the classes there is no curve', () => {
  expect(decisionSteps([true, true], [0.1, 0.2])).toBeNull();
});

test('outputs that leave 0 to 1, or do not add up to 1, are no probabilities', () => {
  expect(
    areProbabilities([
      [0.2, 0.8],
      [0.5, 0.50001],
    ]),
  ).toBe(true);
  expect(areProbabilities([[0.3]])).toBe(true);
  expect(areProbabilities([[0.2, 0.9]])).toBe(false);
  expect(areProbabilities([[1.2]])).toBe(false);
  expect(areProbabilities([[-1, 2]])).toBe(false);
});

function nearly(points: Points): unknown {
  return points.map((point) => point.map((value) => expect.closeTo(value, 12)));
}
