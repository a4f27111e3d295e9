import type { Tensor } from '../../tensorflow/tf.ts';

/** How an output's targets and predictions are to be understood. */
export interface OutputKind {
  readonly classNumbers: boolean;
  readonly fromLogits: boolean;
  /** [batch, ...], 1 where a step counts and 0 where it does not; null, or left out, where all do. */
  readonly mask?: Tensor | null;
}

/** What a metric of a training is, as sums over examples (keras/src/metrics). */
export interface MetricDefinition {
  /** How many numbers are summed. */
  readonly sums: number;
  /** The same for outputs with a mask; left out, it is no other. */
  readonly masked?: MetricDefinition;
  /** True where masks do not count in Keras 3. */
  readonly ignoresMasks?: boolean;
  /** Of a batch: a scalar where `sums` is 1, else [sums]. */
  ofBatch(targets: Tensor, predictions: Tensor, output: OutputKind): Tensor;
  /** From the sums over so many examples. */
  value(sums: readonly number[], rows: number): number;
}

/** Targets and predictions [batch, ..., outputs] to [batch, ...]. */
export type Compare = (targets: Tensor, predictions: Tensor, output: OutputKind) => Tensor;
