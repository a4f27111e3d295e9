import type { RowSplit } from '../train/split-rows.ts';
import type { Part } from '../train/trainer.ts';

export interface BatchPlan {
  readonly training: readonly number[];
  readonly evaluations: readonly { part: Part; batch: number }[];
}

/** The batch sizes that `fit` can ask for: whole ones, and the rest of each part. */
export function batchPlan(size: number, { training, validation }: RowSplit): BatchPlan {
  const sizes = (rows: number) => [
    ...(rows >= size ? [size] : []),
    ...(rows % size ? [rows % size] : []),
  ];
  return {
    training: sizes(training.length),
    evaluations: sizes(validation.rows.length).map((batch) => ({ part: validation.part, batch })),
  };
}
