import type { ModelFileFacts, StoredWeights } from '../contract.ts';

/** What the reader's process answers: plain data, to be checked by whoever asked. */
export interface ReadAnswer {
  /** `{class_name, config}`, flat, in the terms of a recipe. */
  readonly model: unknown;
  /** `{optimizer, loss, metrics}` in the terms of a recipe, or null. */
  readonly compile: unknown;
  readonly weights: StoredWeights | null;
  readonly facts: ModelFileFacts;
  /** Files beside the model file that were read, in order. */
  readonly parts: readonly string[];
  readonly notes: readonly string[];
  /** What matters only where the model is trained anew. */
  readonly trainingNotes: readonly string[];
}
