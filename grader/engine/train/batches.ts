import type { InputDecoding, NdArray } from '../../contract.ts';
import { tf, type Tensor } from '../tf.ts';

/** Turns rows of a stored array into what the model sees. */
export interface InputReader {
  readonly rows: number;
  /** A float32 or int32 tensor [rows.length, ...model input]. The caller disposes of it. */
  read(rows: Int32Array): Tensor;
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
export function inputReader(array: NdArray, settings: InputSettings): InputReader {
  const [count = 0, ...rowShape] = array.shape;
  const source = settings.vocabulary === null ? array : clipIds(array, settings.vocabulary);
  return {
    rows: count,
    read: (rows) =>
      tf.tidy(() => {
        const stored = gatherRows(source, rows);
        const shape = [rows.length, ...rowShape];
        const raw = tf.tensor(stored, shape, settings.dtype);
        return fitRank(decode(raw, settings.decoding), settings.modelShape);
      }),
  };
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
