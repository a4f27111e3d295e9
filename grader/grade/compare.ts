import { basename, dirname, join } from 'node:path';
import type { Comparison, Difference, FoundAttempt, Problem, Unpaired } from '../contract.ts';
import { usageError } from '../errors.ts';
import { readAttempt } from '../history/read-attempt.ts';
import { recipeChanges } from '../history/recipe-changes.ts';
import { findPredictions } from '../history/stored-predictions.ts';
import type { PrepareProgress } from '../prepare/prepare.ts';
import { english } from '../words/en.ts';
import { isOfSameTargets, preparedAgain, sourceChange } from './prepared-again.ts';
import { scorePredictions } from './score-predictions.ts';

interface CompareRequest {
  /** Result folders, or their report.json. */
  readonly then: string;
  readonly now: string;
  /** The problem of this id. Throws where there is none. */
  readonly findProblem: (id: string) => Problem;
  readonly signal: AbortSignal;
  readonly onPrepare?: (progress: PrepareProgress) => void;
}

/**
 * Two attempts at a problem beside each other: what differs in their recipes, and how sure the difference of
 * their metric is, by the paired bootstrap in the scorer's process. Throws with fault `usage` where one is no
 * result or they cannot stand beside each other, and what the preparer and the scorer throw.
 */
export async function compareResults(request: CompareRequest): Promise<Comparison> {
  const [then, now] = [await found(request.then), await found(request.now)];
  refuseOthers(then, now);
  const difference = await differenceOf({ then, now }, request);
  return { then, now, changes: recipeChanges(then.attempt, now.attempt), difference };
}

async function found(named: string): Promise<FoundAttempt> {
  const folder = basename(named) === 'report.json' ? dirname(named) : named;
  const attempt = await readAttempt(join(folder, 'report.json'));
  if (typeof attempt !== 'string') return { folder, attempt };
  throw usageError(
    'no-result',
    `${named} is no result that can be compared: ${english.history.unread[attempt]}.`,
    '`grader history` lists those that can.',
  );
}

function refuseOthers(then: FoundAttempt, now: FoundAttempt): void {
  const of = ({ attempt: { problem, data } }: FoundAttempt) => ({
    problem: problem.id,
    metric: problem.metric.id,
    'kind of data': data?.sample ? 'sample' : 'real',
  });
  const [before, after] = [of(then), of(now)];
  for (const what of ['problem', 'metric', 'kind of data'] as const) {
    if (before[what] === after[what]) continue;
    throw usageError(
      'not-comparable',
      `They have another ${what}: ${before[what]} in ${then.folder}, ${after[what]} in ${now.folder}.`,
      what === 'metric'
        ? 'Score the older one again with `grader score`, and compare its new result.'
        : 'Name two results of the same.',
    );
  }
}

type Pair = Pick<Comparison, 'then' | 'now'>;

async function differenceOf(
  { then, now }: Pair,
  request: CompareRequest,
): Promise<Difference | Unpaired> {
  const [before, after] = [then.attempt, now.attempt];
  if (!before.score || !after.score) return 'not-scored';
  const predictions = await findPredictions(now.folder, after);
  const earlier = await findPredictions(then.folder, before);
  if (!predictions || !earlier) return 'no-predictions';
  const problem = request.findProblem(after.problem.id);
  const { task, metric } = problem.definition;
  if (task !== after.problem.task || metric.id !== after.problem.metric.id) return 'other-held-out';
  const prepared = await preparedAgain(after, problem, request);
  if (sourceChange(before, prepared) ?? sourceChange(after, prepared)) return 'other-held-out';
  const { score } = await scorePredictions({
    ...{ problem, profile: 'strict', predictions, heldOut: prepared.heldOut, earlier },
    signal: request.signal,
  });
  const isSame = isOfSameTargets(before.score, score) && isOfSameTargets(after.score, score);
  return (isSame ? score.difference : null) ?? 'other-held-out';
}
