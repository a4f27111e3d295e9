import { tf, type Tensor } from '../../tensorflow/tf.ts';
import { productOf } from '../../../sizes.ts';

/** Vectors of length one times the gain, each at a right angle to the others. */
export function orthogonal(
  { gain, seed }: { gain: number; seed: number | null },
  shape: number[],
): Tensor {
  const columns = shape.at(-1) ?? 1;
  const rows = productOf(shape.slice(0, -1));
  const size = { vectors: Math.min(rows, columns), length: Math.max(rows, columns) };
  const count = size.vectors * size.length;
  const random = tf.randomNormal([count], 0, 1, 'float32', seed ?? undefined);
  const basis = orthonormal(Float64Array.from(random.dataSync()), size);
  const matrix = tf.tensor2d(
    Float32Array.from(basis, (value) => value * gain),
    [size.vectors, size.length],
  );
  return tf.reshape(rows < columns ? matrix : tf.transpose(matrix), shape);
}

/** Gram-Schmidt on vectors that lie one after the other, twice, as once loses digits. */
function orthonormal(
  values: Float64Array,
  { vectors, length }: { vectors: number; length: number },
): Float64Array {
  for (let index = 0; index < vectors; index++) {
    const vector = values.subarray(index * length, (index + 1) * length);
    for (let pass = 0; pass < 2; pass++) {
      for (let other = 0; other < index; other++) {
        const before = values.subarray(other * length, (other + 1) * length);
        const share = dot(vector, before);
        for (let at = 0; at < length; at++) {
          vector[at] = (vector[at] ?? 0) - share * (before[at] ?? 0);
        }
      }
    }
    const norm = Math.sqrt(dot(vector, vector));
    for (let at = 0; at < length; at++) vector[at] = (vector[at] ?? 0) / norm;
  }
  return values;
}

function dot(first: Float64Array, second: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < first.length; at++) sum += (first[at] ?? 0) * (second[at] ?? 0);
  return sum;
}
