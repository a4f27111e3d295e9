import type { GradeReport } from '../contract.ts';
import { rowOf } from '../contract/verdicts.ts';

/** What was not graded at all, so that it has no report. */
export interface Ungraded {
  /** Null where it is of no problem. */
  readonly problem: string | null;
  readonly name: string;
  readonly outcome: Exclude<Outcome, 'passed'>;
  /** Why: for machines and in words. */
  readonly code: string;
  readonly message: string;
}

/** What came of one grading or of several. */
export interface Outcomes {
  readonly reports: readonly GradeReport[];
  readonly ungraded: readonly Ungraded[];
  /** Points that each is to reach. */
  readonly minPoints: number;
}

/** What other programs read of an outcome: one file, which `--NAME FILE` of a command asks for. */
export interface ExportFormat {
  /** What the option does, for `--help`. */
  readonly help: string;
  /** The file's text. Throws a `GraderError` for what the format has no word for. */
  readonly render: (outcomes: Outcomes) => string;
}

export type Outcome = 'passed' | 'failure' | 'error' | 'skipped';

/** What keeps a submission from being judged is an error, what the candidate does wrong a failure. */
export function outcomeOf({ verdict, failure, points }: GradeReport, minPoints: number): Outcome {
  if (verdict === 'interrupted') return 'skipped';
  if (rowOf(verdict).points === null) return 'error';
  return failure !== null || (points ?? 0) < minPoints ? 'failure' : 'passed';
}
