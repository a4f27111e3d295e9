import type { KerasObject, NdArray } from '../../contract.ts';
import { targetsOf } from '../../recipe/loss-facts.ts';
import { tf, type Tensor } from '../tensorflow/tf.ts';
import type { RowReader } from '../rows/batches.ts';

/**
 * Targets in the form that loss and output need. Class numbers stay for sparse losses, become
 * one-hot for several outputs and a column for one; sequences are cut to their last step where the
 * model forecasts one step only ([batch, 1]), and lose their last axis where its outputs have none.
 */
export function targetReader(
  targets: NdArray,
  loss: KerasObject,
  outputShape: readonly (number | null)[],
): RowReader {
  const rowShape = targets.shape.slice(1);
  const isClassNumber = targets.dtype === 'int32' && rowShape.length === 0;
  const source = { array: targets, rows: targets.shape[0] ?? 0 };
  if (isClassNumber) {
    const isSparse = targetsOf(loss) === 'class-numbers';
    const outputs = outputShape.at(-1) ?? 1;
    const form = (labels: Tensor) => (isSparse ? labels : classVectors(labels, outputs));
    return { ...source, dtype: 'int32', form };
  }
  return { ...source, dtype: 'float32', form: sequenceForm(rowShape, outputShape) };
}

function sequenceForm(
  rowShape: readonly number[],
  outputShape: readonly (number | null)[],
): (sequences: Tensor) => Tensor {
  if (rowShape.length !== 2 || outputShape.length !== 1) return (sequences) => sequences;
  return outputShape[0] === 1 ? lastStep : (sequences) => tf.squeeze(sequences, [2]);
}

function classVectors(labels: Tensor, outputs: number): Tensor {
  if (outputs === 1) return tf.expandDims(tf.cast(labels, 'float32'), -1);
  return tf.cast(tf.oneHot(labels, outputs), 'float32');
}

function lastStep(sequences: Tensor): Tensor {
  const last = (sequences.shape[1] ?? 1) - 1;
  return tf.squeeze(tf.slice(sequences, [0, last, 0], [-1, 1, -1]), [1]);
}
