import type { NdArray } from '../contract.ts';
import { Predictor } from './compiled/predictor.ts';
import { CompileRefusal } from './compiled/refusal.ts';
import type { NativeTensorFlow } from './native.ts';
import { tf, type LayersModel, type Tensor } from './tf.ts';
import { readRows, rowNumbers, type RowReader } from './train/batches.ts';

export interface PredictRequest {
  readonly native: NativeTensorFlow;
  readonly model: LayersModel;
  readonly reader: RowReader;
  /** True where outputs are logits: one becomes a probability by the sigmoid, several by softmax. */
  readonly areLogits: boolean;
  /** Rows done so far. */
  readonly onProgress: (done: number) => void;
}

const batchSize = 128;
/** The longest that one call into TensorFlow should take, so that progress is seen. */
const callMilliseconds = 100;
const mostRowsPerCall = 8192;

/** The model's outputs for every row, in inference mode: float32 [rows, ...output]. */
export async function predict(request: PredictRequest): Promise<NdArray> {
  const { reader, onProgress } = request;
  const all = rowNumbers(reader.rows);
  const parts: Float32Array[] = [];
  let shape: readonly number[] = [];
  let rowsPerCall = batchSize;
  const run = openRunner(request);
  try {
    for (let done = 0; done < all.length;) {
      const rows = nextRows(all, done, rowsPerCall);
      const started = performance.now();
      const result = run.predict(rows, Math.min(batchSize, rows.length));
      const perRow = (performance.now() - started) / rows.length;
      rowsPerCall = Math.min(Math.ceil(callMilliseconds / perRow), mostRowsPerCall);
      parts.push(result.values);
      ({ shape } = result);
      done += rows.length;
      onProgress(done);
      await new Promise(setImmediate);
    }
  } finally {
    run.dispose();
  }
  return { dtype: 'float32', shape: [reader.rows, ...shape], data: concatenate(parts) };
}

/** Whole batches, or the rest that makes up none. */
function nextRows(all: Int32Array, done: number, wanted: number): Int32Array {
  const left = all.length - done;
  if (left < batchSize) return all.subarray(done);
  const whole = Math.floor(Math.min(Math.max(wanted, batchSize), left) / batchSize) * batchSize;
  return all.subarray(done, done + whole);
}

type Runner = Pick<Predictor, 'predict' | 'dispose'>;

function openRunner({ native, model, reader, areLogits }: PredictRequest): Runner {
  const finish = (outputs: Tensor) => (areLogits ? probabilities(outputs) : outputs);
  const { rows } = reader;
  const rest = rows % batchSize;
  const batches = [...(rows >= batchSize ? [batchSize] : []), ...(rest ? [rest] : [])];
  try {
    return new Predictor(native.binding, { model, reader, finish, batches });
  } catch (error) {
    if (!(error instanceof CompileRefusal)) throw error;
    return {
      predict: (some) => predictEagerly({ model, reader, finish }, some),
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
  rows: Int32Array,
) {
  return tf.tidy(() => {
    const parts = Array.from({ length: Math.ceil(rows.length / batchSize) }, (_, index) => {
      const some = rows.subarray(index * batchSize, (index + 1) * batchSize);
      return finish(model.apply(readRows(reader, some), { training: false }) as Tensor);
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
