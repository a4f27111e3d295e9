import type {
  Difference,
  ForecastBaseline,
  NdArray,
  Scored,
  ScoreJob,
  ScoreResult,
} from '../contract.ts';
import { isClassification } from '../contract/task.ts';
import { GraderError } from '../errors.ts';
import { measure, measureConstant } from '../metrics/measure.ts';
import { isMetricFor, metricOf } from '../metrics/metric.ts';
import { certaintyOf } from './certainty.ts';
import { differenceOf } from './difference.ts';
import { checkArrays } from './check-arrays.ts';
import { classificationDetails } from './classification.ts';
import { earnPoints } from '../metrics/points.ts';
import { readArray } from '../array-file.ts';
import { readLabels, readValues } from '../metrics/read-output.ts';
import type { Rows } from '../metrics/rows.ts';
import { rankRows } from './rank-rows.ts';
import { regressionDetails } from './regression.ts';

/**
 * Scores predictions against the held-out targets. Throws a `GraderError`: fault `candidate` where
 * predictions are not finite, `machine` where they have another shape, `package` where targets are bad.
 */
export async function score(job: ScoreJob): Promise<Scored> {
  const [predictions, targets, earlier] = await Promise.all([
    readArray(job.predictions),
    readArray(job.heldOut.targets),
    job.earlier ? readArray(job.earlier).catch(() => null) : null,
  ]);
  const result = scoreArrays(job, predictions, targets);
  const difference = earlier && compareArrays(job, [predictions, earlier], targets);
  return difference ? { ...result, score: { ...result.score, difference } } : result;
}

/** The same on arrays in memory. Where the job discloses totals alone, nothing in the answer is of one row. */
export function scoreArrays(job: ReadJob, predictions: NdArray, targets: NdArray): Scored {
  const { rows, score } = scoreRows(job, predictions, targets);
  if (job.disclosure === 'rows') return { score, ranked: rankRows(rows, job.task) };
  return { score: { ...score, details: withoutRows(score.details) }, ranked: null };
}

function scoreRows(
  job: ReadJob,
  predictions: NdArray,
  targets: NdArray,
): { readonly score: ScoreResult; readonly rows: Rows } {
  checkArrays(predictions, targets);
  const { id } = job.metric;
  if (!isMetricFor(id, job.task)) {
    throw badPackage(`Metric "${id}" does not fit task "${job.task}".`);
  }
  const { rows, ...read } = readRows(job, predictions, targets);
  const { value, standardError } = measure(id, rows);
  // Predictions and targets are numbers: it is for want of a class, or of rows.
  if (!Number.isFinite(value + standardError)) {
    throw badPackage(
      `Metric "${id}" has no value for these ${rows.actual.length} held-out targets.`,
    );
  }
  const score = {
    value,
    standardError,
    certainty: certaintyOf(id, { rows, profile: job.profile, isSeries: job.task === 'forecast' }),
    constantBaseline: measureConstant(id, rows.actual, job.heldOut.bestConstant),
    rows: rows.actual.length,
    ...read,
    ...earnPoints(value, job.profile, metricOf(id).better),
  };
  return { score, rows };
}

function withoutRows(details: ScoreResult['details']): ScoreResult['details'] {
  if (details.kind === 'regression') {
    const { kind, mae, mse, rmse, r2, huber, baselines } = details;
    return {
      ...{ kind, mae, mse, rmse, r2, huber, actual: [], predicted: [] },
      ...(baselines ? { baselines } : {}),
    };
  }
  const confusions = details.confusions.map((confusion) => ({ ...confusion, rows: [] }));
  const decisions = details.decisions && { ...details.decisions, roc: [], precisionRecall: [] };
  return { ...details, confusions, ...(decisions ? { decisions } : {}) };
}

/**
 * From the second model to the first, by their predictions of the same rows; null where those of the second
 * are not what could be scored.
 */
function compareArrays(
  job: ReadJob,
  [predictions, earlier]: readonly [NdArray, NdArray],
  targets: NdArray,
): Difference | null {
  const { rows: now } = readRows(job, predictions, targets);
  try {
    checkArrays(earlier, targets);
    const { rows: then } = readRows(job, earlier, targets);
    return differenceOf(job.metric.id, { now, then, isSeries: job.task === 'forecast' });
  } catch {
    return null;
  }
}

type ReadJob = Omit<ScoreJob, 'predictions'>;

function readRows(job: ReadJob, predictions: NdArray, targets: NdArray): Read {
  return isClassification(job.task)
    ? readLabelRows(job, predictions, targets)
    : readValueRows(job, predictions, targets);
}

type Read = Pick<ScoreResult, 'outputReading' | 'details'> & { readonly rows: Rows };

function readLabelRows(job: ReadJob, predictions: NdArray, targets: NdArray): Read {
  const actual = Array.from(targets.data);
  const isLabel = (value: number) =>
    Number.isInteger(value) && value >= 0 && value < job.classes.length;
  if (actual.length !== targets.shape[0] || !actual.every(isLabel)) {
    throw badPackage(
      `The held-out targets must be one label per row, 0 to ${job.classes.length - 1}.`,
    );
  }
  const output = readLabels(predictions, job.classes.length);
  return {
    rows: { ...output, actual },
    outputReading: output.reading,
    details: classificationDetails(actual, output, job.classes),
  };
}

function readValueRows(job: ReadJob, predictions: NdArray, targets: NdArray): Read {
  const actual = readValues(targets, job.task).predicted;
  const output = readValues(predictions, job.task);
  return {
    rows: { ...output, actual },
    outputReading: output.reading,
    details: {
      ...regressionDetails(actual, output.predicted, job.heldOut.labels),
      ...(job.heldOut.baselines ? { baselines: baselinesOf(job, actual) } : {}),
    },
  };
}

/** What a forecast is worth that needs no model, by the same metric. */
function baselinesOf(
  { metric, heldOut }: Pick<ScoreJob, 'metric' | 'heldOut'>,
  actual: readonly number[],
): ForecastBaseline[] {
  const { baselines = [], bestConstant } = heldOut;
  return [
    { id: 'constant', order: 0, value: measureConstant(metric.id, actual, bestConstant) },
    ...baselines.map(({ id, order, predicted }) => ({
      ...{ id, order },
      value: measure(metric.id, { actual, predicted }).value,
    })),
  ];
}

function badPackage(message: string): GraderError {
  return new GraderError({
    fault: 'package',
    code: 'held-out-targets',
    message,
    help: "Correct the problem package's problem.json or data.ts.",
  });
}
