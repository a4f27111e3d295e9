import { lstatSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { builtProgram } from '../process/built-program.ts';
import { GraderError, ProcessDied } from '../errors.ts';
import type { Confinement } from '../process/confinement.ts';
import { watchMemory } from '../process/memory.ts';
import { startChild } from '../process/start-child.ts';
import { mebibytes } from '../text/bytes.ts';
import { clean } from '../text/show.ts';
import { confine } from '../sandbox/confine.ts';
import { findIsolation } from '../sandbox/isolation.ts';
import type { ReadAnswer } from './answer.ts';
import { checkAnswer } from './check-answer.ts';
import type { ReadJob } from './child.ts';
import { Refusals } from './containers/refusal.ts';
import { modelFileLimits, readerLimits } from './limits.ts';
import { type TimeExceeded, watchProgress } from './watch-progress.ts';

export interface ReaderOptions {
  /** Kills the reader. */
  readonly signal?: AbortSignal | undefined;
}

// Theory of operation
//
// A model file is foreign bytes for a large C library, the HDF5 library as WebAssembly, which is known
// to loop for ever on some damaged files. So a file is opened in a process of its own, which `confine`
// holds: it sees this program, the submission and the scratch folder that it writes in. The kernel and
// V8 bound its memory; this process watches how much it really takes, how long it works without a sign
// of progress, and how long in all. What it answers is a stranger's word until it is checked. A crash of
// its own is a verdict on the file; where something else kills it, `ProcessDied` says so.

/**
 * Reads a model file in a process of its own. Throws a `GraderError`: `candidate` where the file is
 * damaged, unsupported, or its reader hangs or crashes, `limit` where it takes too much.
 */
export async function runReader(
  asked: ReadJob,
  { signal }: ReaderOptions = {},
): Promise<ReadAnswer> {
  const job = withFullPaths(asked);
  const refusals = new Refusals(basename(job.path));
  const child = startChild<ReadJob, string, unknown>({
    program: builtProgram('keras/child'),
    confinement: await readerConfinement(job),
  });
  const memory = watchMemory(child.pid, readerLimits.memoryBytes, () => child.end());
  const progress = watchProgress(child.pid, () => child.end());
  try {
    const answer = await child.run(job, { signal, onProgress: () => progress.seen() });
    return checkAnswer(answer, job);
  } catch (error) {
    if (signal?.aborted) throw error;
    const exceeded = progress.exceeded();
    if (exceeded !== null) throw tooSlow(exceeded, job, refusals);
    if (memory.isOver()) throw tooMuchMemory(memory.peakBytes(), refusals);
    throw error instanceof ProcessDied ? crashed(error, refusals) : error;
  } finally {
    memory.stop();
    progress.stop();
  }
}

/** What holds the process that reads a model file. */
export async function readerConfinement({ path, parts, scratch }: ReadJob): Promise<Confinement> {
  return confine(await findIsolation(), {
    packages: ['h5wasm', 'yauzl'],
    read: [path, ...parts.filter((each) => !isLink(each))],
    links: parts.filter(isLink),
    write: [scratch],
    heapBytes: readerLimits.heapBytes,
    dataBytes: readerLimits.dataBytes,
    fileBytes: modelFileLimits.weightBytes,
    cpuSeconds: readerLimits.totalSeconds,
    wallSeconds: 2 * readerLimits.totalSeconds,
    engineFlags: [`--wasm-max-mem-pages=${readerLimits.libraryBytes / pageBytes}`],
  });
}

/** A jail has another working folder. */
function withFullPaths({ path, parts, scratch, format }: ReadJob): ReadJob {
  const full = parts.map((part) => resolve(part));
  return { path: resolve(path), parts: full, scratch: resolve(scratch), format };
}

function isLink(path: string): boolean {
  return lstatSync(path).isSymbolicLink();
}

/** Of WebAssembly's memory. */
const pageBytes = 64 * 1024;

function tooSlow(exceeded: TimeExceeded, { format }: ReadJob, refusals: Refusals): GraderError {
  const { startSeconds, silentSeconds, totalSeconds } = readerLimits;
  if (exceeded === 'start') {
    return new GraderError({
      fault: 'machine',
      code: 'reader-did-not-start',
      message: `The process that reads model files was not up after ${startSeconds} s.`,
      help: 'The machine is very busy or its disk very slow. Try again.',
    });
  }
  if (exceeded === 'total') {
    return refusals.limit('reader-time', `it cannot be read in ${totalSeconds} s.`);
  }
  if (['json', 'keras-json', 'tfjs-layers'].includes(format)) {
    return refusals.limit(
      'reader-time',
      `it takes more than ${silentSeconds} s to make sense of its configuration.`,
    );
  }
  const isHdf5 = ['keras-hdf5', 'keras-zip'].includes(format);
  const reason = isHdf5
    ? 'most likely it is damaged (the HDF5 library loops)'
    : 'it is too involved';
  return refusals.damaged(`it cannot be read in ${silentSeconds} s; ${reason}.`);
}

function tooMuchMemory(bytes: number, refusals: Refusals): GraderError {
  return refusals.limit(
    'reader-memory',
    `to read it takes ${mebibytes(bytes)} MiB of memory; at most ` +
      `${mebibytes(readerLimits.memoryBytes)} MiB are given.`,
  );
}

/** Signals that no process gets for what it does itself; the system's want of memory is the first. */
const fromOutside = ['SIGKILL', 'SIGTERM', 'SIGINT', 'SIGHUP'];

function crashed(error: ProcessDied, refusals: Refusals): GraderError {
  const words = error.failure.help ?? '';
  if (/heap out of memory|heap limit/i.test(words)) {
    return refusals.limit(
      'reader-memory',
      `to read it takes more than ${mebibytes(readerLimits.heapBytes)} MiB of JavaScript heap.`,
    );
  }
  if (error.signal === 'SIGXCPU') {
    return refusals.limit('reader-time', `it cannot be read in ${readerLimits.totalSeconds} s.`);
  }
  if (error.signal !== null && fromOutside.includes(error.signal)) return error;
  return refusals.damaged(
    `the process that reads it crashed: ${clean(error.message, 160)} ${clean(words, 300)}`,
    error,
  );
}
