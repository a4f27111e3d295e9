import type { GradeReport } from '../contract.ts';
import type { Candidate, HandIn, Roster } from '../contract/hand-in.ts';
import { rowOf } from '../contract/verdicts.ts';

/** A submission that has a report. */
export interface GradedSubmission {
  readonly report: GradeReport;
  /** By which everything names it: its path from the checked folder, or one without names. */
  readonly name: string;
  /** Its path from the checked folder, by the names that it came with, also where names are hidden. */
  readonly cameAs: string;
  /** Null where it was graded by itself. */
  readonly handIn: HandIn | null;
  /** Its `report.html`, from the folder of results; null where none was written. */
  readonly reportFile: string | null;
}

/** What was not graded at all, so that it has no report. */
export interface Ungraded {
  readonly handIn: HandIn | null;
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
  readonly graded: readonly GradedSubmission[];
  readonly ungraded: readonly Ungraded[];
  /** On the roster, and handed in nothing. */
  readonly absent: readonly Candidate[];
  /** Null where none was given. */
  readonly roster: Roster | null;
  /** Those of the class. */
  readonly problems: readonly GradeReport['problem'][];
  /** Points that each is to reach. */
  readonly minPoints: number;
  /** The folder of results, as a path. */
  readonly results: string;
}

/** What other programs read of an outcome: one file, which `--NAME FILE` of a command asks for. */
export interface ExportFormat {
  /** What the option does, for `--help`. */
  readonly help: string;
  /** Throws fault `usage`, before anything is graded, where it cannot be written with this roster. */
  readonly check?: (roster: Roster | null) => void;
  /** The file's content. Throws a `GraderError` for what the format has no word for. */
  readonly render: (outcomes: Outcomes) => string | Promise<Uint8Array>;
}

export type Outcome = 'passed' | 'failure' | 'error' | 'skipped';

/** What keeps a submission from being judged is an error, what the candidate does wrong a failure. */
export function outcomeOf({ verdict, failure, points }: GradeReport, minPoints: number): Outcome {
  if (verdict === 'interrupted') return 'skipped';
  if (rowOf(verdict).points === null) return 'error';
  return failure !== null || (points ?? 0) < minPoints ? 'failure' : 'passed';
}
