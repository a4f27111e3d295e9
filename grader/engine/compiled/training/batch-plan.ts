import type { RowSplit } from '../../train/split-rows.ts';
import type { Part } from '../../train/trainer.ts';

export interface BatchPlan {
  readonly training: readonly number[];
  readonly evaluations: readonly { part: Part; batch: number }[];
}

/** The batch sizes that `fit` can ask for: whole ones, and the rest of each part. */
export function batchPlan(size: number, { training, validation }: RowSplit): BatchPlan {
  return {
    training: batchSizes(training.length, size),
    evaluations: batchSizes(validation.rows.length, size).map((batch) => ({
      part: validation.part,
      batch,
    })),
  };
}

/** The sizes of the batches that so many rows make: whole ones, and the rest. */
export function batchSizes(rows: number, size: number): number[] {
  return [...(rows >= size ? [size] : []), ...(rows % size ? [rows % size] : [])];
}
