import type { InputDecoding, NdArray } from '../../contract.ts';
import { tf, type Tensor } from '../tf.ts';

/** A stored array and what turns rows of it into what the model, or the loss, sees. */
export interface RowReader {
  /** [rows, ...]. */
  readonly array: NdArray;
  readonly rows: number;
  /** Type of the stored rows as a tensor; bytes widen to float32. */
  readonly dtype: 'float32' | 'int32';
  /** Stored rows [batch, ...] as the model's input or the loss's targets. */
  form(stored: Tensor): Tensor;
}

export interface InputSettings {
  readonly decoding: InputDecoding;
  /** The model's input shape without its batch axis; null axes take any size. */
  readonly modelShape: readonly (number | null)[];
  readonly dtype: 'float32' | 'int32';
  /** Word ids at or above this become 1, `<OOV>`. */
  readonly vocabulary: number | null;
}

/** The stored inputs with their decoding: resize, scale, clipped word ids, the model's rank. */
export function inputReader(array: NdArray, settings: InputSettings): RowReader {
  const source = settings.vocabulary === null ? array : clipIds(array, settings.vocabulary);
  return {
    array: source,
    rows: array.shape[0] ?? 0,
    dtype: settings.dtype,
    form: (stored) => fitRank(decode(stored, settings.decoding), settings.modelShape),
  };
}

/** Some rows as the model or the loss takes them. The caller disposes of the tensor. */
export function readRows(reader: RowReader, rows: Int32Array): Tensor {
  const shape = [rows.length, ...reader.array.shape.slice(1)];
  return tf.tidy(() => reader.form(tf.tensor(gatherRows(reader.array, rows), shape, reader.dtype)));
}

/** Rows of an array as one flat array; bytes widen to float32, other types stay. */
export function gatherRows(array: NdArray, rows: Int32Array): Float32Array | Int32Array {
  const width = array.shape.slice(1).reduce((product, size) => product * size, 1);
  const Values = array.dtype === 'int32' ? Int32Array : Float32Array;
  const gathered = new Values(rows.length * width);
  rows.forEach((row, index) => {
    gathered.set(array.data.subarray(row * width, (row + 1) * width), index * width);
  });
  return gathered;
}

function clipIds(array: NdArray, vocabulary: number): NdArray {
  const outOfVocabulary = 1;
  const data = Int32Array.from(array.data, (id) => (id < vocabulary ? id : outOfVocabulary));
  return { dtype: 'int32', shape: array.shape, data };
}

function decode(raw: Tensor, decoding: InputDecoding): Tensor {
  const { resize, scale } = decoding;
  const images = raw.rank === 3 && resize ? tf.expandDims(raw, -1) : raw;
  const resized = resize
    ? tf.image.resizeBilinear(images as never, [...resize], false, true)
    : images;
  return scale === undefined ? resized : tf.mul(resized, scale);
}

/** [28, 28] and [28, 28, 1] hold the same pixels, as do [30] and [30, 1]: the model's form is used. */
function fitRank(input: Tensor, modelShape: readonly (number | null)[]): Tensor {
  const given = input.shape.slice(1);
  if (modelShape.length === given.length + 1) return tf.expandDims(input, -1);
  if (modelShape.length === given.length - 1 && given.at(-1) === 1) return tf.squeeze(input, [-1]);
  return input;
}

/** All row numbers in order, as batches of at most `size`. */
export function* batchesOf(order: Int32Array, size: number): Generator<Int32Array> {
  for (let start = 0; start < order.length; start += size) {
    yield order.subarray(start, start + size);
  }
}

export function rowNumbers(count: number): Int32Array {
  return Int32Array.from({ length: count }, (_, row) => row);
}
