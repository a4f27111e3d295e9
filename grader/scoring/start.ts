import { resolve } from 'node:path';
import { builtProgram } from '../process/built-program.ts';
import type { ArrayFile, Effects, ExplainJob, Scored, ScoreJob } from '../contract.ts';
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
  const { heldOut, earlier, ...rest } = job;
  const predictions = withFullPath(job.predictions);
  const targets = withFullPath(heldOut.targets);
  const before = earlier ? { earlier: withFullPath(earlier) } : {};
  return runChild<ScoreJob, never, Scored>({
    program: builtProgram('scoring/child'),
    confinement: await confinementOf(predictions, targets, ...Object.values(before)),
    job: { ...rest, predictions, heldOut: { ...heldOut, targets }, ...before },
    signal: options.signal,
  });
}

/** What is lost without parts of inputs, found in such a process. Throws what `explain` throws. */
export async function runExplain(
  job: ExplainJob,
  options: { readonly signal?: AbortSignal } = {},
): Promise<Effects> {
  const { predictions, targets } = job;
  return runChild<ExplainJob, never, Effects>({
    program: builtProgram('scoring/explain-child'),
    confinement: await confinementOf(predictions, targets),
    job: { ...job, predictions: withFullPath(predictions), targets: withFullPath(targets) },
    signal: options.signal,
  });
}

async function confinementOf(...files: readonly ArrayFile[]) {
  return confine(await findIsolation(), {
    packages: [],
    read: files.map(({ path }) => resolve(path)),
    heapBytes: 1024 * mebibyte,
    dataBytes: 4096 * mebibyte,
    fileBytes: mebibyte,
    ...{ cpuSeconds: 600, wallSeconds: 600 },
  });
}

/** A jail has another working folder. */
function withFullPath(file: ArrayFile): ArrayFile {
  return { ...file, path: resolve(file.path) };
}
