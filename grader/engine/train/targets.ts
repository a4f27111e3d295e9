import type { KerasObject, NdArray } from '../../contract.ts';
import { tf, type Tensor } from '../tf.ts';
import { gatherRows } from './batches.ts';
import { takesClassNumbers } from './loss.ts';

/** Targets of some rows in the form that loss and output need. The caller disposes of them. */
export type TargetReader = (rows: Int32Array) => Tensor;

/**
 * Class numbers stay for sparse losses, become one-hot for several outputs and a column for one;
 * sequences are cut to their last step where the model forecasts one step only ([batch, 1]).
 */
export function targetReader(
  targets: NdArray,
  loss: KerasObject,
  outputShape: readonly (number | null)[],
): TargetReader {
  const rowShape = targets.shape.slice(1);
  const outputs = outputShape.at(-1) ?? 1;
  const isClassNumber = targets.dtype === 'int32' && rowShape.length === 0;
  if (isClassNumber && takesClassNumbers(loss)) {
    return (rows) => tf.tensor(gatherRows(targets, rows), [rows.length], 'int32');
  }
  if (isClassNumber) return (rows) => classVectors(gatherRows(targets, rows), outputs);
  const isLastStepOnly = rowShape.length === 2 && outputShape.length === 1;
  return (rows) =>
    tf.tidy(() => {
      const all = tf.tensor(gatherRows(targets, rows), [rows.length, ...rowShape], 'float32');
      if (!isLastStepOnly) return all;
      const last = (rowShape[0] ?? 1) - 1;
      return tf.squeeze(tf.slice(all, [0, last, 0], [-1, 1, -1]), [1]);
    });
}

function classVectors(labels: Float32Array | Int32Array, outputs: number): Tensor {
  if (outputs === 1) return tf.tensor(Float32Array.from(labels), [labels.length, 1], 'float32');
  return tf.tidy(() => {
    const numbers = tf.tensor1d(Int32Array.from(labels), 'int32');
    return tf.cast(tf.oneHot(numbers, outputs), 'float32');
  });
}
