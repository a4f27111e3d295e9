import type { Count, NotNegative, Ordinal } from './numbers.ts';

/** What the rows were that a model learnt from, and how those it was graded on differ from them. */
export interface DataParts {
  /** Null where a model was graded as it came. */
  readonly training: PartRows | null;
  /** The rows by which epochs were compared; null likewise. */
  readonly validation: PartRows | null;
  /** Of the held-out rows; null where their inputs are no words. */
  readonly words: WordCounts | null;
  /** Null where no held-out row is so, it is not known, or the problem discloses totals alone. */
  readonly beyond: BeyondTraining | null;
}

export interface PartRows {
  readonly rows: Count;
  /** Rows of each class; null where targets are values. */
  readonly classes: readonly Count[] | null;
}

export interface WordCounts {
  /** Word ids from this one on were unknown to the model. */
  readonly vocabulary: Ordinal;
  /** Without padding. */
  readonly words: Count;
  /** Of them, given to the model as the mark for unknown words. */
  readonly unknown: Count;
  /** Of those, not even known to the tokenizer, however large the vocabulary is. */
  readonly neverKnown: Count;
}

/** Held-out rows in which a feature lies beyond that of every training row: the feature with most of them. */
export interface BeyondTraining {
  readonly feature: string;
  readonly side: 'above' | 'below';
  readonly rows: Count;
  /** Lowest and highest of these rows, as the report shows the feature. */
  readonly range: readonly [number, number];
  /** Mean error of these rows: absolute, or 0 and 1 for right and wrong answers. */
  readonly error: NotNegative;
  readonly standardError: NotNegative;
  /** Of all other rows. */
  readonly otherError: NotNegative;
}
