import { resolve } from 'node:path';
import { builtProgram } from '../process/built-program.ts';
import type { ArrayFile, Scored, ScoreJob } from '../contract.ts';
import { runChild } from '../process/run-child.ts';
import { confine } from '../sandbox/confine.ts';
import { findIsolation } from '../sandbox/isolation.ts';

const mebibyte = 2 ** 20;

/**
 * Scores in a process of its own, the only one that reads held-out targets; it meets numbers and no
 * byte of a candidate's, sees these files and no network. Throws what `score` throws, and fault
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
      read: filesOf(job).map(({ path }) => resolve(path)),
      heapBytes: 1024 * mebibyte,
      dataBytes: 4096 * mebibyte,
      fileBytes: mebibyte,
      ...{ cpuSeconds: 600, wallSeconds: 600 },
    }),
    job: withFullPaths(job),
    signal: options.signal,
  });
}

function filesOf({ predictions, heldOut, earlier }: ScoreJob): readonly ArrayFile[] {
  return [predictions, heldOut.targets, ...(earlier ? [earlier] : [])];
}

/** A jail has another working folder. */
function withFullPaths({ predictions, heldOut, earlier, ...job }: ScoreJob): ScoreJob {
  const full = (file: ArrayFile) => ({ ...file, path: resolve(file.path) });
  return {
    ...job,
    predictions: full(predictions),
    heldOut: { ...heldOut, targets: full(heldOut.targets) },
    ...(earlier ? { earlier: full(earlier) } : {}),
  };
}
