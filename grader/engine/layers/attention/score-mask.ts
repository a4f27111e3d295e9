import { tf, type Tensor } from '../../tensorflow/tf.ts';

/** Where both count; null where every place does. */
export function and(one: Tensor | null, other: Tensor | null): Tensor | null {
  return one && other ? tf.logicalAnd(one, other) : (one ?? other);
}

/** [1, query steps, key steps] for scores of [..., query steps, key steps]: true up to the same step. */
export function causalMask(scores: readonly number[]): Tensor {
  const { rows, columns } = places(scores);
  return tf.lessEqual(columns, rows);
}

/** The same shape: true where two steps are less than `window` apart. */
export function windowMask(scores: readonly number[], window: number): Tensor {
  const { rows, columns } = places(scores);
  return tf.less(tf.abs(tf.sub(columns, rows)), window);
}

function places(scores: readonly number[]) {
  const [rows = 0, columns = 0] = scores.slice(-2);
  return {
    rows: tf.reshape(tf.range(0, rows, 1, 'int32'), [1, rows, 1]),
    columns: tf.reshape(tf.range(0, columns, 1, 'int32'), [1, 1, columns]),
  };
}
