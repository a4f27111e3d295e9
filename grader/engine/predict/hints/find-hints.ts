import { readArray } from '../../../array-file.ts';
import type { EvaluateJob, FindingFigures, NdArray, TrainersFindings } from '../../../contract.ts';
import type { HandedInModel } from '../handed-in-model.ts';
import type { RowReader } from '../../rows/batches.ts';
import { headlineTrials } from './headlines.ts';
import { pixelTrials } from './pixels.ts';
import { seriesTrials, targetTrials } from './series.ts';
import type { Trial } from './trial.ts';
import { errorOf, validationMetric } from './validation-metric.ts';
import { forecastErrors } from './window-mean.ts';

export interface HintJob extends EvaluateJob {
  readonly poorBeyond: number;
}

/** Rows of the validation part that are enough to tell. */
const mostRows = 2000;
/** A trial counts when it leaves at most this share of the error. */
const clearly = 0.7;

/**
 * What may be wrong with how a model was trained: where it does poorly on the validation part, that is
 * given to it as candidates often give it, and what does clearly better is told. Held-out targets
 * have no part in it.
 */
export async function findHints(
  evaluation: HandedInModel,
  job: HintJob,
): Promise<TrainersFindings> {
  const { problem, data } = job;
  const targets = await readArray(data.validation.targets);
  return evaluation.withReader(data.validation.inputs, async (whole) => {
    const reader = { ...whole, rows: Math.min(whole.rows, mostRows) };
    const predictions = await evaluation.predict(reader);
    const plain = validationMetric(predictions, targets, problem);
    if (errorOf(plain, problem) <= errorOf(job.poorBeyond, problem)) return nothingFound;
    const trials = await trialsOf(job, reader);
    return {
      anotherReading: await bestTrial({ evaluation, job, targets, plain }, trials),
      meanOfTheWindow: meanOfTheWindow(predictions, targets, job),
    };
  });
}

export const nothingFound: TrainersFindings = { anotherReading: null, meanOfTheWindow: null };

async function trialsOf(job: EvaluateJob, reader: RowReader): Promise<Trial[]> {
  const { problem, data, vocabulary } = job;
  if (data.decoding.scale !== undefined) return pixelTrials(reader);
  if (problem.task === 'regression') {
    return targetTrials(reader, await readArray(data.training.targets));
  }
  const training = await readArray(data.training.inputs);
  if (problem.task === 'forecast') return seriesTrials(reader, training, problem.seriesRange);
  if (problem.input.dtype !== 'int32') return [];
  const ids = await readArray(data.validation.inputs);
  const all = [training, ids, await readArray(data.heldOut.inputs)];
  const length = ids.shape[1] ?? 0;
  return headlineTrials({ ids: firstRows(ids, reader.rows), all, vocabulary, length });
}

function firstRows({ dtype, shape, data }: NdArray, rows: number): NdArray {
  const [all = 1, ...row] = shape;
  return { dtype, shape: [rows, ...row], data: data.subarray(0, (data.length / all) * rows) };
}

interface Tried {
  readonly evaluation: HandedInModel;
  readonly job: EvaluateJob;
  readonly targets: NdArray;
  /** The metric as the problem gives and reads it. */
  readonly plain: number;
}

async function bestTrial(
  { evaluation, job, targets, plain }: Tried,
  trials: readonly Trial[],
): Promise<FindingFigures['another-reading'] | null> {
  const { problem } = job;
  let best: { readonly trial: Trial; readonly value: number } | null = null;
  for (const trial of trials) {
    if (evaluation.remaining() <= 0) break;
    const predictions = await evaluation.predict(trial.reader);
    const value = validationMetric(trial.read?.(predictions) ?? predictions, targets, problem);
    if (!best || errorOf(value, problem) < errorOf(best.value, problem)) best = { trial, value };
  }
  const worth = Math.min(errorOf(job.worthFrom, problem), clearly * errorOf(plain, problem));
  if (!best || errorOf(best.value, problem) > worth) return null;
  const { trial, value: other } = best;
  return { metric: problem.metric.name, value: plain, other, ...trial.reading };
}

function meanOfTheWindow(
  predictions: NdArray,
  targets: NdArray,
  job: EvaluateJob,
): TrainersFindings['meanOfTheWindow'] {
  const isSingle = predictions.shape.length === 2 && predictions.shape[1] === 1;
  if (job.problem.task !== 'forecast' || !isSingle) return null;
  const { next, mean } = forecastErrors(predictions, targets);
  return mean > clearly * next ? null : { next, mean };
}
