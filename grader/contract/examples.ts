import type { Count, Ordinal, Share } from './numbers.ts';

/**
 * What the held-out rows are for people, where a package says it: each list has an entry a row, in order.
 * No model sees any of it.
 */
export interface DescribedRows {
  /** The row as it was written, such as a headline. */
  readonly texts?: readonly string[];
  /** What stands behind the ids of an input row, position by position: the words as the tokenizer split them. */
  readonly tokens?: readonly (readonly string[])[];
  /** The numbers of a row by name, in their own units: not standardised, not one-hot. */
  readonly features?: readonly FeatureColumn[];
}

export interface Feature {
  readonly name: string;
  /** Left out where the name says it. */
  readonly unit?: string;
}

export interface FeatureColumn extends Feature {
  readonly values: readonly number[];
}

/** What a scorer tells of every held-out row, each list from the worst row to the best. */
export interface RankedRows {
  /** Places in the held-out arrays. */
  readonly rows: readonly Count[];
  readonly actual: readonly number[];
  readonly predicted: readonly number[];
  /** What a classifier gives the class that it predicts; null where its outputs are no probabilities. */
  readonly confidence: readonly Share[] | null;
  /** What it gives the true class; null likewise. */
  readonly ofActual: readonly Share[] | null;
}

/** A word of a text as the model was given it. */
export interface Token {
  readonly word: string;
  /** False where the model was given the mark for unknown words in its place. */
  readonly isKnown: boolean;
}

/** One held-out row: what is true of it, what was predicted, and what of the row there is to see. */
export interface HeldOutExample {
  readonly row: Count;
  /** Such as the date of a forecast. */
  readonly label?: string;
  /** A label or a value. */
  readonly actual: number;
  readonly predicted: number;
  readonly confidence?: Share;
  readonly ofActual?: Share;
  /**
   * Made by the grader from its own data.
   * @pattern ^data:image/png;base64,[A-Za-z0-9+/=]+$
   */
  readonly picture?: string;
  readonly text?: string;
  readonly tokens?: readonly Token[];
  /** In the order of the features' names. */
  readonly features?: readonly number[];
  /** The values of a series that the forecast was made from. */
  readonly window?: readonly number[];
}

export interface HeldOutExamples {
  readonly features: readonly Feature[];
  /** Word ids from this one on were unknown to the model; null where none were. */
  readonly vocabulary: Ordinal | null;
  /** The worst first. */
  readonly worst: readonly HeldOutExample[];
  /** Of a regression: the features of some rows, evenly spaced, a list for each feature. */
  readonly sampled?: {
    readonly rows: readonly Count[];
    readonly values: readonly (readonly number[])[];
  };
  /** The file beside the report that has all rows. */
  readonly file: string;
}
