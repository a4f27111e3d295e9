import { countValues } from '../../array-file.ts';
import type { NdArray } from '../../contract.ts';
import { GraderError } from '../../errors.ts';
import { batchSizes } from '../compiled/training/batch-plan.ts';
import {
  Predictor,
  type Predicted,
  type PredictorSettings,
} from '../compiled/prediction/predictor.ts';
import { CompileRefusal } from '../compiled/trace/refusal.ts';
import { batchesPerCall, groupRuns } from '../compiled/session/runs.ts';
import type { NativeTensorFlow } from '../tensorflow/native.ts';
import { tf, type Tensor } from '../tensorflow/tf.ts';
import type { Model } from '../model/model.ts';
import { applyModel } from '../model/apply-model.ts';
import { batchesOf, formAll, rowNumbers, type RowReader } from '../rows/batches.ts';
import { readAhead, storedRows } from '../rows/read-ahead.ts';
import { mostRowsPerCall } from '../rows/stored-rows.ts';

export interface PredictRequest {
  readonly native: NativeTensorFlow;
  readonly model: Model;
  /** One for each input of the model. */
  readonly inputs: readonly RowReader[];
  /** Outputs whose values are logits: one becomes a probability by the sigmoid, several by softmax. */
  readonly areLogits: readonly boolean[];
  /** Batches that may be under way at once. */
  readonly parallel: number;
  /** Rows of a batch. */
  readonly batch: number;
}

/** How long predictions may go on; asked between the calls into TensorFlow. */
export interface PredictionLimit {
  /** The time that the user knows of, in seconds. */
  readonly seconds: number;
  /** `performance.now()` at which it is over. */
  readonly deadline: number;
  readonly stop?: AbortSignal | undefined;
}

interface BoundedRequest extends PredictRequest {
  readonly limit: PredictionLimit;
  /** Rows done so far. */
  readonly onProgress: (done: number) => void;
}

const mostBatchesPerCall = 64;

/**
 * The model's outputs for every row, in inference mode: for each float32 [rows, ...output]. Throws
 * with fault `limit` when the time is over, with `interrupted` when it was stopped.
 */
export async function predict(request: BoundedRequest): Promise<readonly NdArray[]> {
  const { model, inputs, limit, onProgress, batch } = request;
  const rows = inputs[0]?.rows ?? 0;
  const parts: (readonly Predicted[])[] = [];
  let done = 0;
  let perCall = 1;
  const most = mostBatches(inputs, batch);
  const batches = batchesOf(rowNumbers(rows), batch);
  const runs = groupRuns(batches, () => Math.min(perCall, most));
  const runner = openRunner(request, rows);
  try {
    for await (const { run, stored } of readAhead(inputs, runs)) {
      const started = performance.now();
      parts.push(runner.predict(await storedRows(inputs, run.rows, stored), run.batch));
      const took = performance.now() - started;
      perCall = batchesPerCall(run, took);
      done += run.rows.length;
      onProgress(done);
      await new Promise(setImmediate);
      if (done < rows) checkLimit(limit, { done, rows, batch, perBatch: took / run.steps });
    }
  } finally {
    runner.dispose();
  }
  return model.outputs.map((_, output) => {
    const { values, shape } = joined(parts.map((part) => part[output] as Predicted));
    return { dtype: 'float32', shape: [rows, ...shape], data: values };
  });
}

interface Pace {
  readonly done: number;
  readonly rows: number;
  readonly batch: number;
  /** Milliseconds that the last batch took. */
  readonly perBatch: number;
}

function checkLimit({ seconds, deadline, stop }: PredictionLimit, pace: Pace): void {
  const { done, rows, batch, perBatch } = pace;
  if (stop?.aborted) {
    throw new GraderError({
      fault: 'interrupted',
      code: 'interrupted',
      message: `Interrupted after ${done} of ${rows} predictions.`,
    });
  }
  // No call can be cut short, so one that would end too late is not begun.
  if (performance.now() + perBatch <= deadline) return;
  throw new GraderError({
    fault: 'limit',
    code: timeLimit,
    message: `Time limit: ${seconds} s were over after ${done} of ${rows} predictions.`,
    help: `The last ${batch} took ${(perBatch / 1000).toFixed(3)} s. Take a smaller model; a machine with more cores is faster.`,
  });
}

/** The code of a failure whose reason is the clock. */
export const timeLimit = 'time-limit';

export interface Rehearsal {
  /** Rows that one batch took. */
  readonly rows: number;
  /** How long a batch took once TensorFlow knew the model. */
  readonly batchSeconds: number;
  /** How long all rows will take, the model's graph included. */
  readonly allSeconds: number;
}

/**
 * Predicts one batch twice, since the first time is longer, and forecasts how long all will take.
 * A batch that is slow is predicted once.
 */
export async function rehearse(request: PredictRequest): Promise<Rehearsal> {
  const { inputs, batch } = request;
  const all = inputs[0]?.rows ?? 0;
  const rows = Math.min(all, batch);
  const started = performance.now();
  const runner = openRunner(request, rows);
  const built = performance.now() - started;
  const time = async () => {
    const began = performance.now();
    const numbers = rowNumbers(rows);
    const stored = await storedRows(
      inputs,
      numbers,
      inputs.map(() => null),
    );
    runner.predict(stored, rows);
    return performance.now() - began;
  };
  try {
    const first = await time();
    const next = first > slowBatch ? first : await time();
    const graphs = built * batchSizes(all, batch).length;
    const milliseconds = graphs + first + next * (Math.ceil(all / batch) - 1);
    return { rows, batchSeconds: next / 1000, allSeconds: milliseconds / 1000 };
  } finally {
    runner.dispose();
  }
}

const slowBatch = 1000;

function mostBatches(inputs: readonly RowReader[], batch: number): number {
  const most = Math.floor(mostRowsPerCall(inputs.map(({ array }) => array)) / batch);
  return Math.min(mostBatchesPerCall, Math.max(1, most));
}

type Runner = Pick<Predictor, 'predict' | 'dispose'>;

function openRunner(
  { native, model, inputs, areLogits, parallel, batch }: PredictRequest,
  rows: number,
): Runner {
  const finish = (outputs: readonly Tensor[]) =>
    outputs.map((output, index) => (areLogits[index] ? probabilities(output) : output));
  const settings = { model, inputs, finish, batches: batchSizes(rows, batch), parallel };
  try {
    return new Predictor(native.binding, settings);
  } catch (error) {
    if (!(error instanceof CompileRefusal)) throw error;
    return {
      predict: (stored, batch) => predictEagerly(settings, stored, batch),
      dispose: () => {},
    };
  }
}

function predictEagerly(
  { model, inputs, finish }: Pick<PredictorSettings, 'model' | 'inputs' | 'finish'>,
  stored: readonly NdArray['data'][],
  batch: number,
): readonly Predicted[] {
  const widths = inputs.map(({ array }) => batch * countValues(array.shape.slice(1)));
  const batches = (stored[0]?.length ?? 0) / (widths[0] ?? 1);
  const parts = Array.from({ length: batches }, (_, index) => {
    const some = stored.map((values, at) => {
      const width = widths[at] ?? 0;
      return values.subarray(index * width, (index + 1) * width);
    });
    return tf.tidy(() => {
      const outputs = finish(applyModel(model, formAll(inputs, some), { training: false }));
      return outputs.map((output) => ({
        ...{ values: output.dataSync() as Float32Array, shape: output.shape.slice(1) },
      }));
    });
  });
  return model.outputs.map((_, output) => joined(parts.map((part) => part[output] as Predicted)));
}

function probabilities(logits: Tensor): Tensor {
  return logits.shape.at(-1) === 1 ? tf.sigmoid(logits) : tf.softmax(logits);
}

/** Predictions of one output for rows after rows. */
function joined(parts: readonly Predicted[]): Predicted {
  const length = parts.reduce((sum, { values }) => sum + values.length, 0);
  const values = new Float32Array(length);
  let start = 0;
  for (const part of parts) {
    values.set(part.values, start);
    start += part.values.length;
  }
  return { values, shape: parts[0]?.shape ?? [] };
}
