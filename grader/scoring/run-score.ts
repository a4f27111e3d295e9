import { builtProgram } from '../built.ts';
import type { ScoreJob, ScoreResult } from '../contract.ts';
import { runChild } from '../process/run-child.ts';

/**
 * Scores in a process of its own, the only one that reads held-out targets. Throws what `score`
 * throws, and fault `interrupted` when the signal fires.
 */
export function runScore(
  job: ScoreJob,
  options: { readonly signal?: AbortSignal } = {},
): Promise<ScoreResult> {
  return runChild<ScoreJob, never, ScoreResult>({
    program: builtProgram('scoring/child'),
    job,
    signal: options.signal,
  });
}
