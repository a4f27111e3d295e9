import type { Failure, GradeReport } from '../contract.ts';
import { gravest, rowOf, rowOfFailure } from '../contract/verdicts.ts';

/** The exit code of a grading. */
export function exitCodeOf({ verdict }: GradeReport): number {
  return rowOf(verdict).exitCode;
}

type CheckOutcome = Pick<GradeReport, 'verdict' | 'points' | 'failure'>;

/** Of a submission that was not judged and has no report. */
export function outcomeOf(failure: Failure): CheckOutcome {
  return { verdict: rowOfFailure(failure).id, points: null, failure };
}

/**
 * The exit code of a check. What a candidate did wrong counts as few points do, and so does what may be a
 * submission and was not graded; only what was not judged at all has a code of its own.
 */
export function exitCodeOfCheck(
  outcomes: readonly CheckOutcome[],
  { minPoints, isAnyMissed }: { readonly minPoints: number; readonly isAnyMissed: boolean },
): number {
  const unjudged = outcomes.filter(({ verdict }) => rowOf(verdict).points === null);
  const worst = gravest(unjudged.map(({ verdict }) => verdict));
  if (worst) return worst.exitCode;
  const areReached = outcomes.every(
    ({ failure, points }) => failure === null && (points ?? 0) >= minPoints,
  );
  return areReached && !isAnyMissed ? 0 : 1;
}
