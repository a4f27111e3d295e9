import type { ArrayFile, HeldOutTargets, Problem, Scored } from '../contract.ts';
import { runScore } from '../scoring/start.ts';

interface ScoreRequest {
  readonly problem: Problem;
  readonly profile: 'strict' | 'exam';
  readonly predictions: ArrayFile;
  readonly heldOut: HeldOutTargets;
  /** What an earlier model predicted for the same rows; null where none is compared with. */
  readonly earlier: ArrayFile | null;
  readonly signal: AbortSignal;
}

/** Points of predictions by a profile of their problem. Throws what the scorer throws. */
export function scorePredictions({ problem, signal, ...request }: ScoreRequest): Promise<Scored> {
  const { task, metric, classes = [], profiles, disclosure = 'rows' } = problem.definition;
  const profile = profiles[request.profile];
  if (!profile) throw new Error(`no profile ${request.profile}`);
  const { predictions, heldOut, earlier } = request;
  const job = { task, metric, classes, profile, predictions, heldOut, disclosure };
  return runScore(earlier ? { ...job, earlier } : job, { signal });
}
