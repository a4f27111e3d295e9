import { resolve } from 'node:path';
import { builtProgram } from '../process/built-program.ts';
import type { Scored, ScoreJob } from '../contract.ts';
import { runChild } from '../process/run-child.ts';
import { confine } from '../sandbox/confine.ts';
import { findIsolation } from '../sandbox/isolation.ts';

const mebibyte = 2 ** 20;

/**
 * Scores in a process of its own, the only one that reads held-out targets; it meets numbers and no
 * byte of a candidate's, sees these two files and no network. Throws what `score` throws, and fault
 * `interrupted` when the signal fires.
 */
export async function runScore(
  job: ScoreJob,
  options: { readonly signal?: AbortSignal } = {},
): Promise<Scored> {
  return runChild<ScoreJob, never, Scored>({
    program: builtProgram('scoring/child'),
    confinement: confine(await findIsolation(), {
      packages: [],
      read: [job.predictions.path, job.heldOut.targets.path].map((path) => resolve(path)),
      heapBytes: 1024 * mebibyte,
      dataBytes: 4096 * mebibyte,
      fileBytes: mebibyte,
      ...{ cpuSeconds: 600, wallSeconds: 600 },
    }),
    job: withFullPaths(job),
    signal: options.signal,
  });
}

/** A jail has another working folder. */
function withFullPaths({ predictions, heldOut, ...job }: ScoreJob): ScoreJob {
  const { targets } = heldOut;
  return {
    ...job,
    predictions: { ...predictions, path: resolve(predictions.path) },
    heldOut: { ...heldOut, targets: { ...targets, path: resolve(targets.path) } },
  };
}
