import type { ArrayFile } from './arrays.ts';
import type { HeldOutExample } from './examples.ts';
import type { Count, NotNegative } from './numbers.ts';
import type { ScoreJob } from './scoring.ts';

/** A held-out row from which one part after the other was taken away. */
export interface ExplainedRow extends HeldOutExample {
  /** What the model gives the class that it predicts. */
  readonly given: number;
  /** How much of that is lost without each part: squares by rows, words in order; below 0 it gives more. */
  readonly effects: readonly number[];
}

/** Parts of single rows: squares of a picture that are covered, words of a text that are left out. */
export interface ExplainedParts {
  readonly kind: 'occlusion' | 'left-out-words';
  /** Squares down and across; left out where parts are words. */
  readonly grid?: readonly [Count, Count];
  readonly rows: readonly ExplainedRow[];
}

/** Features, each shuffled among rows; of a series the values so many steps back. */
export interface PermutedFeatures {
  readonly kind: 'permuted-features' | 'permuted-lags';
  /** The metric of these rows as they are. */
  readonly value: number;
  readonly rows: Count;
  /** With the values of one feature shuffled. */
  readonly features: readonly { readonly name: string; readonly value: number }[];
}

/**
 * What moves a model's answers when it is taken away: what it looked at, which is not why it is right. Asked
 * after the score, of which it is no part.
 */
export interface Explanation {
  /** Rows that were predicted for it. */
  readonly predictions: Count;
  readonly seconds: NotNegative;
  /** @discriminator kind */
  readonly of: ExplainedParts | PermutedFeatures;
}

/** Which inputs there are, in the order of their predictions. */
export type ChangedInputs =
  | {
      readonly kind: ExplainedParts['kind'];
      readonly grid?: readonly [number, number];
      readonly rows: readonly number[];
      /** Of each row: it comes whole first, and then once without each part. */
      readonly parts: readonly number[];
    }
  | {
      readonly kind: PermutedFeatures['kind'];
      /** All of them as they are, then with the first feature shuffled, then with the second. */
      readonly rows: readonly number[];
      readonly features: number;
    };

export interface ExplainJob extends Pick<ScoreJob, 'task' | 'metric' | 'classes'> {
  readonly changed: ChangedInputs;
  /** Of the changed inputs. */
  readonly predictions: ArrayFile;
  /** Of all held-out rows. */
  readonly targets: ArrayFile;
}

/** What the scorer makes of the predictions. */
export type Effects =
  | { readonly kind: 'parts'; readonly rows: readonly Pick<ExplainedRow, 'given' | 'effects'>[] }
  | { readonly kind: 'features'; readonly value: number; readonly values: readonly number[] };
