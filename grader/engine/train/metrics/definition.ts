import type { Tensor } from '../../tensorflow/tf.ts';

/** How an output's targets and predictions are to be understood. */
export interface OutputKind {
  readonly classNumbers: boolean;
  readonly fromLogits: boolean;
}

/** What a metric of a training is, as sums over examples (keras/src/metrics). */
export interface MetricDefinition {
  /** How many numbers are summed. */
  readonly sums: number;
  /** Of a batch: a scalar where `sums` is 1, else [sums]. */
  ofBatch(targets: Tensor, predictions: Tensor, output: OutputKind): Tensor;
  /** From the sums over so many examples. */
  value(sums: readonly number[], rows: number): number;
}

/** Of targets and predictions [batch, ...]. */
export type Compare = (targets: Tensor, predictions: Tensor) => Tensor;
