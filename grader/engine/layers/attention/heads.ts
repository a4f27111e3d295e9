import { productOf } from '../../../sizes.ts';
import { tf, type Tensor } from '../../tensorflow/tf.ts';

/** Axes of [batch, ..., heads, size] along which steps see each other, and all others but the last. */
interface HeadAxes {
  readonly seen: readonly number[];
  readonly apart: readonly number[];
}

/** Of a tensor of so many axes. */
export function headAxes(seen: readonly number[], rank: number): HeadAxes {
  const all = Array.from({ length: rank - 1 }, (_, axis) => axis);
  return { seen, apart: all.filter((axis) => !seen.includes(axis)) };
}

/** [batch, ..., heads, size] → [apart, seen, size]. */
export function asRows(heads: Tensor, { apart, seen }: HeadAxes): Tensor {
  const last = heads.rank - 1;
  const sizes = [apart, seen, [last]].map((axes) => productOf(sizesOf(heads.shape, axes)));
  return tf.reshape(tf.transpose(heads, [...apart, ...seen, last]), sizes);
}

/** The way back, to the axes that `like` has but for the last. */
export function asHeads(rows: Tensor, like: readonly number[], { apart, seen }: HeadAxes): Tensor {
  const order = [...apart, ...seen, like.length - 1];
  const sizes = sizesOf(like, order).with(-1, rows.shape.at(-1) ?? 0);
  const back = order.map((_, axis) => order.indexOf(axis));
  return tf.transpose(tf.reshape(rows, sizes), back);
}

/** Sizes of the scores: those apart, those of the query's steps, those of the key's. */
export function scoreSizes(
  { query, key }: { readonly query: Tensor; readonly key: Tensor },
  { apart, seen }: HeadAxes,
): number[] {
  return [...sizesOf(query.shape, [...apart, ...seen]), ...sizesOf(key.shape, seen)];
}

function sizesOf(shape: readonly number[], axes: readonly number[]): number[] {
  return axes.map((axis) => shape[axis] ?? 1);
}
