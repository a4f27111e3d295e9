import type { GradeReport, Problem, ScoreResult } from '../contract.ts';
import type { PrepareProgress } from '../prepare/prepare.ts';
import type { Prepared } from '../prepare/prepared.ts';
import { runPrepare } from '../prepare/start.ts';

interface Preparation {
  readonly signal: AbortSignal;
  readonly onPrepare?: (progress: PrepareProgress) => void;
}

/** The data of a problem, of the kind that a grading of before has had. Throws what the preparer throws. */
export function preparedAgain(
  { data }: Pick<GradeReport, 'data'>,
  problem: Problem,
  { signal, onPrepare }: Preparation,
): Promise<Prepared> {
  const job = {
    directory: problem.directory,
    sample: data?.sample ?? false,
    sampleSeed: data?.sampleSeed ?? 1,
  };
  return runPrepare(job, { signal, ...(onPrepare ? { onProgress: onPrepare } : {}) });
}

/** How the source of the data is no longer that of a grading; null where it is. */
export function sourceChange(
  { data }: Pick<GradeReport, 'data'>,
  prepared: Prepared,
): string | null {
  const { dataset, variant } = prepared.data.source;
  if (!data || (data.dataset === dataset && data.variant === variant)) return null;
  return `the data set is now ${dataset}, variant ${variant}; it was ${data.dataset}, ${data.variant}`;
}

/** Predictions mean nothing beside the targets of other rows; of no score before, nothing is known. */
export function isOfSameTargets(before: ScoreResult | null, now: ScoreResult): boolean {
  return before === null || targetsIn(before) === targetsIn(now);
}

/** What a score tells of the targets: their values, or how many there are of each class. */
function targetsIn({ details }: ScoreResult): string {
  return details.kind === 'regression'
    ? String(details.actual)
    : String(details.classes.map(({ support }) => support));
}
