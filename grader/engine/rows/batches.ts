import type { InputDecoding, NdArray } from '../../contract.ts';
import { tf, type Tensor, type Tensor4D } from '../tensorflow/tf.ts';
import { gatherRows, isStreamed, type StoredRows } from './stored-rows.ts';
import { productOf } from '../../sizes.ts';

/** A stored array and what turns rows of it into what the model, or the loss, sees. */
export interface RowReader {
  /** [rows, ...]. */
  readonly array: StoredRows;
  readonly rows: number;
  /** Changes word ids as they come from a file; those in memory are clipped once. */
  readonly clip?: (ids: NdArray['data']) => void;
  /** Type of the stored rows as a tensor; bytes widen to float32. */
  readonly dtype: 'float32' | 'int32';
  /** Stored rows [batch, ...] as the model's input or the loss's targets. */
  form(stored: Tensor): Tensor;
}

interface InputSettings {
  readonly decoding: InputDecoding;
  /** The model's input shape without its batch axis; null axes take any size. */
  readonly modelShape: readonly (number | null)[];
  readonly dtype: 'float32' | 'int32';
  /** Word ids at or above this become 1, `<OOV>`. */
  readonly vocabulary: number | null;
}

/** The stored inputs with their decoding: resize, scale, clipped word ids, the model's rank. */
export function inputReader(array: StoredRows, settings: InputSettings): RowReader {
  const { decoding, modelShape, dtype, vocabulary } = settings;
  return {
    ...clipped(array, vocabulary),
    rows: array.shape[0] ?? 0,
    dtype,
    form: (stored) => fitRank(decode(stored, decoding), modelShape),
  };
}

/**
 * Some rows as they are stored, one after the other. What comes from a file is put into `target`
 * where there is one.
 */
export async function readStored(
  { array, clip }: RowReader,
  rows: Int32Array,
  target?: NdArray['data'],
): Promise<NdArray['data']> {
  if (!isStreamed(array)) return gatherRows(array, rows);
  const values = await array.read(rows, target ?? array.newRows(rows.length));
  clip?.(values);
  return values;
}

/** Stored rows of each reader as the model or the loss takes them. The caller disposes of the tensors. */
export function formAll(
  readers: readonly RowReader[],
  stored: readonly NdArray['data'][],
): readonly Tensor[] {
  return readers.map((reader, index) => formRows(reader, stored[index] as NdArray['data']));
}

function formRows(reader: RowReader, stored: NdArray['data']): Tensor {
  const row = reader.array.shape.slice(1);
  const length = stored.length / productOf(row);
  return tf.tidy(() => reader.form(tf.tensor(stored, [length, ...row], reader.dtype)));
}

/** Word ids at or above the vocabulary become 1, `<OOV>`. */
function clipped(array: StoredRows, vocabulary: number | null): Pick<RowReader, 'array' | 'clip'> {
  if (vocabulary === null) return { array };
  const clip = (ids: NdArray['data']) => {
    for (let index = 0; index < ids.length; index++) {
      if ((ids[index] ?? 0) >= vocabulary) ids[index] = 1;
    }
  };
  if (isStreamed(array)) return { array, clip };
  const data = Int32Array.from(array.data);
  clip(data);
  return { array: { dtype: 'int32', shape: array.shape, data } };
}

function decode(raw: Tensor, decoding: InputDecoding): Tensor {
  const { resize, scale } = decoding;
  const images = raw.rank === 3 && resize ? tf.expandDims(raw, -1) : raw;
  const resized = resize
    ? tf.image.resizeBilinear(images as Tensor4D, [...resize], false, true)
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
