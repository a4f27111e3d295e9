import type { Difference, RecipeChange } from './comparison.ts';
import type { GradeReport } from './report.ts';

/** What an attempt is remembered by: the others of a report's parts may be an older or a newer grader's. */
export type Attempt = Pick<
  GradeReport,
  | ('startedAt' | 'problem' | 'profile' | 'submission' | 'verdict' | 'points' | 'countsAsAttempt')
  | ('data' | 'recipe' | 'training' | 'evaluation' | 'score' | 'environment' | 'scoredBefore')
>;

/** An attempt and where its results lie. */
export interface FoundAttempt {
  readonly folder: string;
  readonly attempt: Attempt;
}

/** Why two attempts are compared by their own errors alone. */
export type Unpaired = 'not-scored' | 'no-predictions' | 'other-held-out';

/** Two attempts at one problem beside each other. */
export interface Comparison {
  readonly then: FoundAttempt;
  readonly now: FoundAttempt;
  /** From `then` to `now`; null where one has no recipe and no model to compare. */
  readonly changes: readonly RecipeChange[] | null;
  /** By the answers to the same rows, or why not so. */
  readonly difference: Difference | Unpaired;
}
