import type { NdArray } from '../contract.ts';
import { tf, type LayersModel, type Tensor } from './tf.ts';
import { batchesOf, readRows, rowNumbers, type RowReader } from './train/batches.ts';

export interface PredictRequest {
  readonly model: LayersModel;
  readonly reader: RowReader;
  /** True where outputs are logits: one becomes a probability by the sigmoid, several by softmax. */
  readonly areLogits: boolean;
  /** Rows done so far. */
  readonly onProgress: (done: number) => void;
}

const batchSize = 128;

/** The model's outputs for every row, in inference mode: float32 [rows, ...output]. */
export async function predict(request: PredictRequest): Promise<NdArray> {
  const { model, reader, areLogits, onProgress } = request;
  const parts: Float32Array[] = [];
  let shape: number[] = [];
  let done = 0;
  for (const rows of batchesOf(rowNumbers(reader.rows), batchSize)) {
    const output = tf.tidy(() => {
      const raw = model.apply(readRows(reader, rows), { training: false }) as Tensor;
      return areLogits ? probabilities(raw) : raw;
    });
    parts.push((await output.data()) as Float32Array);
    shape = output.shape.slice(1);
    output.dispose();
    done += rows.length;
    onProgress(done);
  }
  return { dtype: 'float32', shape: [reader.rows, ...shape], data: concatenate(parts) };
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
