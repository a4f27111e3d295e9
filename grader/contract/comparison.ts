import type { Count, Integer, Ordinal, Points, Share } from './numbers.ts';

/** The metric of two models on the same held-out rows: of this one less that of the earlier one. */
export interface Difference {
  readonly value: number;
  /** Of 95 %, by resampling rows, the same for both models. */
  readonly low: number;
  readonly high: number;
  readonly method: 'paired-bootstrap' | 'paired-block-bootstrap';
  readonly resamples: Count;
  /** The share of the resamples in which this model is the better one. */
  readonly better: Share;
}

/** One thing that differs between two recipes, in a recipe's own spelling. */
export interface RecipeChange {
  /** The place of the layer in the newer model, or of one that was removed in the older; null elsewhere. */
  readonly layer: Ordinal | null;
  /** What it belongs to: "layers.dense", "train.adam", "fit", "imageDataGenerator". */
  readonly of: string;
  /** Its option, "units"; null where the whole was added, removed or replaced. */
  readonly option: string | null;
  /** Null where it was added. */
  readonly then: string | null;
  /** Null where it was removed. */
  readonly now: string | null;
}

/** The attempt before this one with the same problem, data and submission name. */
export interface LastAttempt {
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  /** The name of its result folder. */
  readonly folder: string;
  readonly points: Points | null;
  readonly value: number;
  readonly seed: Integer;
  /** From that attempt to this one; null where one of them has no recipe and no model to compare. */
  readonly changes: readonly RecipeChange[] | null;
}
