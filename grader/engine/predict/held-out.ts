import { join } from 'node:path';
import { writeArray } from '../../array-file.ts';
import type { ArrayFile, NdArray, TrainJob, TrainProgress } from '../../contract.ts';
import { GraderError } from '../../errors.ts';
import { givesLogits } from '../../recipe/loss-facts.ts';
import { buildUnsetModel } from '../model/build-model.ts';
import type { Tensor } from '../tensorflow/tf.ts';
import type { NativeTensorFlow } from '../tensorflow/native.ts';
import { predict, rehearse, timeLimit, type PredictRequest, type Rehearsal } from './predict.ts';
import { disposeModel, variablesOf, type Model } from '../model/model.ts';
import { Throttle } from '../../throttle.ts';
import { inputReader, type RowReader } from '../rows/batches.ts';
import { isStreamed, openRows, type StoredRows } from '../rows/stored-rows.ts';

interface Controls {
  readonly onProgress: (progress: TrainProgress) => void;
  readonly stop: AbortSignal;
  readonly mostBytesInMemory?: number;
}

/** The predictions for the held-out inputs by a model that is trained in between. */
export class HeldOut {
  private readonly native: NativeTensorFlow;
  private readonly model: Model;
  private readonly job: TrainJob;
  private readonly controls: Controls;

  constructor(
    { native, model }: { native: NativeTensorFlow; model: Model },
    job: TrainJob,
    controls: Controls,
  ) {
    this.native = native;
    this.model = model;
    this.job = job;
    this.controls = controls;
  }

  /**
   * How long the predictions will take, half as long again for safety; a batch is predicted for it.
   * Throws with fault `limit` where that is longer than the limit.
   */
  forecastSeconds(): Promise<number> {
    return this.withReader(async (reader) => {
      const copy = copyOf(this.model, this.job);
      try {
        const rehearsal = await rehearse(this.request(copy, reader));
        const seconds = 1.5 * rehearsal.allSeconds;
        if (seconds > this.job.trainingSeconds) throw tooSlow(this.job, reader.rows, rehearsal);
        return seconds;
      } finally {
        disposeModel(copy);
      }
    });
  }

  /** Writes the predictions; they must have ended at the deadline, soon after a stop. */
  async predict(deadline: number): Promise<{ file: ArrayFile; seconds: number }> {
    const started = performance.now();
    const throttle = new Throttle(100);
    const stopped = later(this.controls.stop, millisecondsAfterStop);
    try {
      return await this.withReader(async (reader) => {
        const [predictions] = await predict({
          ...this.request(this.model, reader),
          limit: { seconds: this.job.trainingSeconds, deadline, stop: stopped.signal },
          onProgress: (done) => {
            if (!throttle.isDue()) return;
            this.controls.onProgress({ type: 'predicting', done, total: reader.rows });
          },
        });
        if (!predictions) throw new Error('the model has no output');
        const file = await writeArray(join(this.job.directory, 'predictions.f32'), predictions);
        return { file, seconds: (performance.now() - started) / 1000 };
      });
    } finally {
      stopped.clear();
    }
  }

  /** The same model's outputs for a few other rows of the held-out part's kind. */
  async predictRows(rows: NdArray): Promise<NdArray> {
    const reader = inputsFor(this.model, rows, this.job);
    const limit = { seconds: this.job.trainingSeconds, deadline: Infinity };
    const onProgress = () => {};
    const [outputs] = await predict({ ...this.request(this.model, reader), limit, onProgress });
    if (!outputs) throw new Error('the model has no output');
    return outputs;
  }

  private request(model: Model, reader: RowReader): PredictRequest {
    const { plan, room, recipe } = this.job;
    return {
      ...{ native: this.native, model, inputs: [reader] },
      ...{ parallel: plan.interOp, batch: room.predicted },
      areLogits: [givesLogits(recipe.compile.loss)],
    };
  }

  private async withReader<Result>(work: (reader: RowReader) => Promise<Result>): Promise<Result> {
    const inputs = await openRows(this.job.data.heldOut.inputs, this.controls.mostBytesInMemory);
    try {
      return await work(inputsFor(this.model, inputs, this.job));
    } finally {
      if (isStreamed(inputs)) await inputs.close();
    }
  }
}

/** Stored inputs as a job's model takes them. */
export function inputsFor(model: Model, inputs: StoredRows, job: TrainJob): RowReader {
  return inputReader(inputs, {
    decoding: job.data.decoding,
    modelShape: (model.inputs[0]?.shape ?? []).slice(1),
    dtype: job.problem.input.dtype,
    vocabulary: job.vocabulary,
  });
}

/** After a Ctrl-C the predictions of the last whole epoch get this long. */
const millisecondsAfterStop = 10_000;

/** A signal that fires so long after another. */
function later(signal: AbortSignal, milliseconds: number) {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const start = () => {
    timer = setTimeout(() => controller.abort(), milliseconds);
  };
  if (signal.aborted) start();
  else signal.addEventListener('abort', start, { once: true });
  const clear = () => {
    clearTimeout(timer);
    signal.removeEventListener('abort', start);
  };
  return { signal: controller.signal, clear };
}

/**
 * The model with the weights that it has now. Nothing that it does, such as drawing random numbers or
 * keeping a layer's state, changes how the other is trained.
 */
function copyOf(model: Model, job: TrainJob): Model {
  const copy = buildUnsetModel(job.recipe.model);
  const values = variablesOf(model);
  variablesOf(copy).forEach((variable, index) => variable.assign(values[index] as Tensor));
  return copy;
}

function tooSlow(job: TrainJob, rows: number, { rows: some, ...took }: Rehearsal): GraderError {
  const { batchSeconds, allSeconds } = took;
  return new GraderError({
    fault: 'limit',
    code: timeLimit,
    message: `Predicting takes too long: ${batchSeconds.toFixed(2)} s for ${some} of ${rows} held-out inputs, so ${allSeconds.toFixed(1)} s for all, and half as long again to be safe; the limit for training and predictions together is ${job.trainingSeconds} s.`,
    help: 'Take a smaller model; a machine with more cores is faster.',
  });
}
