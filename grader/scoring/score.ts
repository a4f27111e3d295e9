import type { NdArray, ScoreJob, ScoreResult } from '../contract.ts';
import { GraderError } from '../errors.ts';
import { checkArrays } from './check-arrays.ts';
import { classificationDetails } from './classification.ts';
import { earnPoints } from './points.ts';
import { readArray } from '../array-file.ts';
import { readLabels, readValues } from '../metrics/read-output.ts';
import { regressionDetails } from './regression.ts';
import { absoluteErrors, mean, squaredErrors } from '../metrics/regression-metrics.ts';
import { standardErrorOfMean, standardErrorOfShare } from '../metrics/standard-error.ts';

/**
 * Scores predictions against the held-out targets. Throws a `GraderError`: fault `candidate` where
 * predictions are not finite, `machine` where they have another shape, `package` where targets are bad.
 */
export async function score(job: ScoreJob): Promise<ScoreResult> {
  const [predictions, targets] = await Promise.all([
    readArray(job.predictions),
    readArray(job.heldOut.targets),
  ]);
  return scoreArrays(job, predictions, targets);
}

/** The same on arrays in memory. */
export function scoreArrays(
  job: Omit<ScoreJob, 'predictions'>,
  predictions: NdArray,
  targets: NdArray,
): ScoreResult {
  checkArrays(predictions, targets);
  const isClassification = job.task === 'multiclass' || job.task === 'binary';
  if (isClassification !== (job.metric.id === 'accuracy')) {
    throw badPackage(`Metric "${job.metric.id}" does not fit task "${job.task}".`);
  }
  const measured = isClassification
    ? scoreLabels(job, predictions, targets)
    : scoreValues(job, predictions, targets);
  return { ...measured, ...earnPoints(measured.value, job.profile, job.metric.better) };
}

type Measured = Omit<ScoreResult, 'points' | 'bars'>;

function scoreLabels(
  job: Omit<ScoreJob, 'predictions'>,
  predictions: NdArray,
  targets: NdArray,
): Measured {
  const actual = Array.from(targets.data);
  const rows = targets.shape[0] ?? 0;
  const isLabel = (value: number) =>
    Number.isInteger(value) && value >= 0 && value < job.classes.length;
  if (actual.length !== rows || !actual.every(isLabel)) {
    throw badPackage(
      `The held-out targets must be one label per row, 0 to ${job.classes.length - 1}.`,
    );
  }
  const output = readLabels(predictions, job.classes.length);
  const details = classificationDetails(actual, output, job.classes);
  const mostFrequent = Math.max(...details.classes.map((entry) => entry.support));
  return {
    value: details.accuracy,
    standardError: standardErrorOfShare(details.accuracy, rows),
    constantBaseline: mostFrequent / rows,
    rows,
    outputReading: output.reading,
    details,
  };
}

function scoreValues(
  job: Omit<ScoreJob, 'predictions'>,
  predictions: NdArray,
  targets: NdArray,
): Measured {
  const actual = readValues(targets, job.task).values;
  const output = readValues(predictions, job.task);
  const losses = lossesOf(job.metric.id, actual, output.values);
  return {
    value: mean(losses),
    standardError: standardErrorOfMean(losses),
    constantBaseline: constantLoss(job, actual),
    rows: actual.length,
    outputReading: output.reading,
    details: regressionDetails(actual, output.values, job.heldOut.labels),
  };
}

/** Loss of always predicting the best constant of the training targets, else the held-out mean. */
function constantLoss(job: Omit<ScoreJob, 'predictions'>, actual: readonly number[]): number {
  const constant = job.heldOut.bestConstant ?? mean(actual);
  const predicted = actual.map(() => constant);
  return mean(lossesOf(job.metric.id, actual, predicted));
}

function lossesOf(
  metric: ScoreJob['metric']['id'],
  actual: readonly number[],
  predicted: readonly number[],
): number[] {
  return metric === 'mse' ? squaredErrors(actual, predicted) : absoluteErrors(actual, predicted);
}

function badPackage(message: string): GraderError {
  return new GraderError({
    fault: 'package',
    code: 'held-out-targets',
    message,
    help: "Correct the problem package's problem.json or data.ts.",
  });
}
