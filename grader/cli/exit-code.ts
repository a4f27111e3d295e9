import type { GradeReport } from '../contract.ts';
import { gravest, rowOf } from '../contract/verdicts.ts';

/** The exit code of a grading. */
export function exitCodeOf({ verdict }: GradeReport): number {
  return rowOf(verdict).exitCode;
}

/**
 * The exit code of a check. What a candidate did wrong counts as few points do; only where something
 * was not judged at all has a code of its own.
 */
export function exitCodeOfCheck(reports: readonly GradeReport[], minPoints: number): number {
  const unjudged = reports.filter(({ points }) => points === null);
  const worst = gravest(unjudged.map(({ verdict }) => verdict));
  if (worst) return worst.exitCode;
  const areReached = reports.every(
    ({ failure, points }) => failure === null && (points ?? 0) >= minPoints,
  );
  return areReached ? 0 : 1;
}
