import type { EvaluateJob, EvaluateResult, TrainersFindings, TrainProgress } from '../contract.ts';
import { GraderError } from '../errors.ts';
import { buildUnsetModel } from './model/build-model.ts';
import { environmentOf } from './tensorflow/environment.ts';
import { gpuUnusable } from './tensorflow/gpu-errors.ts';
import { findHints, type HintJob, nothingFound } from './predict/hints/find-hints.ts';
import { probeHandedIn } from './predict/probes/probe-model.ts';
import { loadWeights } from './model/load-weights.ts';
import { loadTensorFlow } from './tensorflow/native.ts';
import { HandedInModel } from './predict/handed-in-model.ts';
import { timeLimit } from './predict/predict.ts';

/**
 * Predicts the held-out inputs with a model as it was handed in, and looks for hints where it does
 * poorly on the validation part. Throws with fault `limit` when the time is over.
 */
export async function evaluate(
  job: EvaluateJob,
  onProgress: (progress: TrainProgress) => void,
  stop?: AbortSignal,
): Promise<EvaluateResult> {
  const started = performance.now();
  onProgress({ type: 'started' });
  const limit = { seconds: job.seconds, deadline: started + job.seconds * 1000, stop };
  const native = loadTensorFlow({ addon: job.addon });
  if (job.needsGpu && !native.usesGpu) throw gpuUnusable();
  const model = buildUnsetModel(job.trained.model);
  await loadWeights(model, job.trained.weights);
  const evaluation = new HandedInModel({ native, model, limit }, job, onProgress);
  const predicting = performance.now();
  const predictions = await evaluation.predictHeldOut();
  const seconds = (performance.now() - predicting) / 1000;
  const predictSeconds = (performance.now() - started) / 1000;
  const probes = await probeHandedIn(
    job,
    { predictions, seconds, secondsLeft: evaluation.remaining() / 1000 },
    (rows) => evaluation.predictRows(rows),
  );
  const hasTime = evaluation.remaining() > predictSeconds * 1000;
  const { poorBeyond } = job;
  const found =
    poorBeyond !== null && hasTime
      ? await hintsInTime(evaluation, { ...job, poorBeyond })
      : nothingFound;
  return {
    ...{ predictions, predictSeconds, found, probes },
    environment: environmentOf(native, job.plan),
  };
}

/** Hints are worth no more than the time that is left. */
async function hintsInTime(evaluation: HandedInModel, job: HintJob): Promise<TrainersFindings> {
  try {
    return await findHints(evaluation, job);
  } catch (error) {
    if (error instanceof GraderError && error.failure.code === timeLimit) return nothingFound;
    throw error;
  }
}
