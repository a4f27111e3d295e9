import type { FoundAttempt } from '../contract.ts';

/** An attempt for machines. */
export function attemptFacts({ folder, attempt }: FoundAttempt): object {
  const { startedAt, problem, profile, submission, data, score, environment } = attempt;
  const { verdict, points, scoredBefore } = attempt;
  // The same predictions once more are no attempt of their own.
  const countsAsAttempt = attempt.countsAsAttempt && !scoredBefore;
  return {
    ...{ folder, startedAt, problem: { id: problem.id, version: problem.version } },
    ...{ profile: profile.id, submission, data, verdict, points, countsAsAttempt },
    scoredAgain: scoredBefore !== undefined,
    metric: score && {
      ...{ id: problem.metric.id, value: score.value, rows: score.rows },
      ...{ low: score.certainty.low, high: score.certainty.high },
    },
    seed: environment.seed,
  };
}
