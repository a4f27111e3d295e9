import { mean } from './regression-metrics.ts';
import type { Rows } from './rows.ts';
import { standardErrorOfMean } from './standard-error.ts';

/**
 * The mean over the classes of F1, twice the right rows over those that are of the class or taken for it; of
 * the classes that occur or are guessed, as in scikit-learn. Each F1 is a ratio of two means, so that the
 * standard error is by the delta method that of the mean of each row's part (right - F1 x rows) / rows:
 * Takahashi et al., Confidence interval for micro-averaged F1 and macro-averaged F1 scores, 2022.
 */
export const macroF1 = {
  value: (rows: Rows) => mean(classesOf(rows).map((label) => f1Of(label, rows).f1)),
  standardError: (rows: Rows) => {
    const ofClasses = classesOf(rows).map((label) => f1Of(label, rows).parts);
    return standardErrorOfMean(
      rows.actual.map((_, row) => mean(ofClasses.map((parts) => parts[row] ?? NaN))),
    );
  },
};

function classesOf({ actual, predicted }: Rows): readonly number[] {
  return [...new Set([...actual, ...predicted])];
}

function f1Of(label: number, { actual, predicted }: Rows) {
  const isRight = actual.map(
    (truth, row) => 2 * Number(truth === label && predicted[row] === label),
  );
  const isRow = actual.map(
    (truth, row) => Number(truth === label) + Number(predicted[row] === label),
  );
  const share = mean(isRow);
  const f1 = mean(isRight) / share;
  const parts = isRight.map((right, row) => (right - f1 * (isRow[row] ?? NaN)) / share);
  return { f1, parts };
}
