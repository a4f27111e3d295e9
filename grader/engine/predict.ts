import { countValues } from '../array-file.ts';
import type { NdArray } from '../contract.ts';
import { batchSizes } from './compiled/batch-plan.ts';
import { Predictor } from './compiled/predictor.ts';
import { CompileRefusal } from './compiled/refusal.ts';
import type { NativeTensorFlow } from './native.ts';
import { tf, type LayersModel, type Tensor } from './tf.ts';
import { formRows, readStored, rowNumbers, type RowReader } from './train/batches.ts';
import { readAhead } from './train/read-ahead.ts';
import { mostRowsPerCall } from './train/stored-rows.ts';

export interface PredictRequest {
  readonly native: NativeTensorFlow;
  readonly model: LayersModel;
  readonly reader: RowReader;
  /** True where outputs are logits: one becomes a probability by the sigmoid, several by softmax. */
  readonly areLogits: boolean;
  /** Batches that may be under way at once. */
  readonly parallel: number;
  /** Rows done so far. */
  readonly onProgress: (done: number) => void;
}

const batchSize = 128;
/** The longest that one call into TensorFlow should take, so that progress is seen. */
const callMilliseconds = 100;

/** The model's outputs for every row, in inference mode: float32 [rows, ...output]. */
export async function predict(request: PredictRequest): Promise<NdArray> {
  const { reader, onProgress } = request;
  const parts: Float32Array[] = [];
  let shape: readonly number[] = [];
  let done = 0;
  let rowsPerCall = batchSize;
  const most = Math.min(8192, mostRowsPerCall(reader.array));
  const runs = wholeBatches(reader.rows, () => Math.min(rowsPerCall, most));
  const runner = openRunner(request);
  try {
    for await (const { run, stored } of readAhead(reader, runs)) {
      const { length } = run.rows;
      const started = performance.now();
      const result = runner.predict(
        stored ?? (await readStored(reader, run.rows)),
        Math.min(batchSize, length),
      );
      rowsPerCall = Math.ceil(callMilliseconds / ((performance.now() - started) / length));
      parts.push(result.values);
      ({ shape } = result);
      done += length;
      onProgress(done);
      await new Promise(setImmediate);
    }
  } finally {
    runner.dispose();
  }
  return { dtype: 'float32', shape: [reader.rows, ...shape], data: concatenate(parts) };
}

/** All rows in runs of whole batches, about as many rows as wanted; the last run is what is left. */
function* wholeBatches(count: number, wanted: () => number): Generator<{ rows: Int32Array }> {
  const all = rowNumbers(count);
  for (let done = 0; done < count;) {
    const left = count - done;
    const batches = Math.floor(Math.min(Math.max(wanted(), batchSize), left) / batchSize);
    const rows = batches > 0 ? batches * batchSize : left;
    yield { rows: all.subarray(done, done + rows) };
    done += rows;
  }
}

type Runner = Pick<Predictor, 'predict' | 'dispose'>;

function openRunner({ native, model, reader, areLogits, parallel }: PredictRequest): Runner {
  const finish = (outputs: Tensor) => (areLogits ? probabilities(outputs) : outputs);
  const batches = batchSizes(reader.rows, batchSize);
  try {
    return new Predictor(native.binding, { model, reader, finish, batches, parallel });
  } catch (error) {
    if (!(error instanceof CompileRefusal)) throw error;
    return {
      predict: (stored, batch) => predictEagerly({ model, reader, finish }, stored, batch),
      dispose: () => {},
    };
  }
}

function predictEagerly(
  {
    model,
    reader,
    finish,
  }: { model: LayersModel; reader: RowReader; finish: (t: Tensor) => Tensor },
  stored: NdArray['data'],
  batch: number,
) {
  const width = batch * countValues(reader.array.shape.slice(1));
  return tf.tidy(() => {
    const parts = Array.from({ length: stored.length / width }, (_, index) => {
      const some = stored.subarray(index * width, (index + 1) * width);
      return finish(model.apply(formRows(reader, some), { training: false }) as Tensor);
    });
    const values = concatenate(parts.map((part) => part.dataSync() as Float32Array));
    return { values, shape: parts[0]?.shape.slice(1) ?? [] };
  });
}

function probabilities(logits: Tensor): Tensor {
  return logits.shape.at(-1) === 1 ? tf.sigmoid(logits) : tf.softmax(logits);
}

function concatenate(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((length, part) => length + part.length, 0));
  let start = 0;
  for (const part of parts) {
    whole.set(part, start);
    start += part.length;
  }
  return whole;
}
