import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { writeArray } from '../array-file.ts';
import type {
  ArrayFile,
  EvaluateJob,
  EvaluateResult,
  NdArray,
  TrainProgress,
} from '../contract.ts';
import { GraderError } from '../errors.ts';
import { buildUnsetModel } from './model/build-model.ts';
import { environmentOf } from './tensorflow/environment.ts';
import { gpuUnusable } from './tensorflow/gpu-errors.ts';
import { findHints } from './predict/hints/find-hints.ts';
import { loadWeights } from './model/load-weights.ts';
import { loadTensorFlow, type NativeTensorFlow } from './tensorflow/native.ts';
import { predict, timeLimit, type PredictionLimit } from './predict/predict.ts';
import { Throttle } from './train/throttle.ts';
import type { Model } from './model/model.ts';
import { inputReader, type RowReader } from './rows/batches.ts';
import { isStreamed, openRows } from './rows/stored-rows.ts';

/**
 * Predicts the held-out inputs with a model as it was handed in, and looks for hints where it does
 * poorly on the validation part. Throws with fault `limit` when the time is over.
 */
export async function evaluate(
  job: EvaluateJob,
  report: (progress: TrainProgress) => void,
  stop?: AbortSignal,
): Promise<EvaluateResult> {
  const started = performance.now();
  report({ type: 'started' });
  const limit = { seconds: job.seconds, deadline: started + job.seconds * 1000, stop };
  const native = loadTensorFlow({ addon: job.addon });
  if (job.needsGpu && !native.usesGpu) throw gpuUnusable();
  const model = buildUnsetModel(job.trained.model);
  await loadWeights(model, job.trained.weights);
  const evaluation = new Evaluation({ native, model, limit }, job, report);
  const predictions = await evaluation.predictHeldOut();
  const predictSeconds = (performance.now() - started) / 1000;
  const hasTime = evaluation.remaining() > predictSeconds * 1000;
  const hints = hasTime ? await hintsInTime(evaluation, job) : [];
  return {
    ...{ predictions, predictSeconds, hints },
    environment: environmentOf(native, job.plan),
  };
}

/** Hints are worth no more than the time that is left. */
async function hintsInTime(evaluation: Evaluation, job: EvaluateJob): Promise<string[]> {
  try {
    return await findHints(evaluation, job);
  } catch (error) {
    if (error instanceof GraderError && error.failure.code === timeLimit) return [];
    throw error;
  }
}

/** A model that predicts one set of inputs after the other, within one time. */
export class Evaluation {
  readonly model: Model;
  private readonly native: NativeTensorFlow;
  private readonly job: EvaluateJob;
  private readonly report: (progress: TrainProgress) => void;
  private readonly throttle = new Throttle(100);
  private readonly limit: PredictionLimit;

  constructor(
    on: {
      readonly native: NativeTensorFlow;
      readonly model: Model;
      readonly limit: PredictionLimit;
    },
    job: EvaluateJob,
    report: (progress: TrainProgress) => void,
  ) {
    this.model = on.model;
    this.native = on.native;
    this.job = job;
    this.report = report;
    this.limit = on.limit;
  }

  /** Milliseconds until the time is over. */
  remaining(): number {
    return this.limit.deadline - performance.now();
  }

  async predictHeldOut(): Promise<ArrayFile> {
    const { data, directory } = this.job;
    const predictions = await this.withReader(data.heldOut.inputs, (reader) =>
      this.predict(reader),
    );
    await mkdir(directory, { recursive: true });
    return writeArray(join(directory, 'predictions.f32'), predictions);
  }

  /** Opens inputs as this model takes them; they are closed when the work is done. */
  async withReader<Result>(
    inputs: ArrayFile,
    work: (reader: RowReader) => Promise<Result>,
  ): Promise<Result> {
    const stored = await openRows(inputs);
    try {
      return await work(
        inputReader(stored, {
          decoding: this.job.data.decoding,
          modelShape: (this.model.inputs[0]?.shape ?? []).slice(1),
          dtype: this.job.problem.input.dtype,
          vocabulary: this.job.vocabulary,
        }),
      );
    } finally {
      if (isStreamed(stored)) await stored.close();
    }
  }

  /** The model's outputs for every row of a reader. */
  async predict(reader: RowReader): Promise<NdArray> {
    const { plan, areLogits } = this.job;
    const [predictions] = await predict({
      native: this.native,
      model: this.model,
      inputs: [reader],
      parallel: plan.interOp,
      areLogits: [areLogits],
      batch: plan.batch,
      limit: this.limit,
      onProgress: (done) => {
        if (this.throttle.isDue()) this.report({ type: 'predicting', done, total: reader.rows });
      },
    });
    if (!predictions) throw new Error('the model has no output');
    return predictions;
  }
}
