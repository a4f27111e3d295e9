import { countValues } from '../array-file.ts';
import type { NdArray } from '../contract.ts';
import { batchSizes } from './compiled/batch-plan.ts';
import { Predictor, type Predicted, type PredictorSettings } from './compiled/predictor.ts';
import { CompileRefusal } from './compiled/refusal.ts';
import { batchesPerCall, groupRuns } from './compiled/runs.ts';
import type { NativeTensorFlow } from './native.ts';
import { tf, type LayersModel, type Tensor } from './tf.ts';
import { applyModel } from './train/apply-model.ts';
import { batchesOf, formAll, rowNumbers, type RowReader } from './train/batches.ts';
import { readAhead, storedRows } from './train/read-ahead.ts';
import { mostRowsPerCall } from './train/stored-rows.ts';

export interface PredictRequest {
  readonly native: NativeTensorFlow;
  readonly model: LayersModel;
  /** One for each input of the model. */
  readonly inputs: readonly RowReader[];
  /** Outputs whose values are logits: one becomes a probability by the sigmoid, several by softmax. */
  readonly areLogits: readonly boolean[];
  /** Batches that may be under way at once. */
  readonly parallel: number;
  /** Rows of a batch. */
  readonly batch?: number;
  /** Rows done so far. */
  readonly onProgress: (done: number) => void;
}

/** As far as memory allows. */
export const usualBatch = 128;
const mostBatchesPerCall = 64;

/** The model's outputs for every row, in inference mode: for each float32 [rows, ...output]. */
export async function predict(request: PredictRequest): Promise<readonly NdArray[]> {
  const { model, inputs, onProgress, batch = usualBatch } = request;
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
      perCall = batchesPerCall(run, performance.now() - started);
      done += run.rows.length;
      onProgress(done);
      await new Promise(setImmediate);
    }
  } finally {
    runner.dispose();
  }
  return model.outputs.map((_, output) => {
    const { values, shape } = joined(parts.map((part) => part[output] as Predicted));
    return { dtype: 'float32', shape: [rows, ...shape], data: values };
  });
}

function mostBatches(inputs: readonly RowReader[], batch: number): number {
  const most = Math.floor(mostRowsPerCall(inputs.map(({ array }) => array)) / batch);
  return Math.min(mostBatchesPerCall, Math.max(1, most));
}

type Runner = Pick<Predictor, 'predict' | 'dispose'>;

function openRunner(
  { native, model, inputs, areLogits, parallel, batch = usualBatch }: PredictRequest,
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
