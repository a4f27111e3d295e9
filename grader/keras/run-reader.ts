import { basename, dirname, join } from 'node:path';
import { builtProgram } from '../built.ts';
import { GraderError } from '../errors.ts';
import { startChild } from '../process/start-child.ts';
import { clean } from '../recipe/show.ts';
import { watchMemory } from '../sandbox/memory.ts';
import { permissionFlags, processFlags, programFiles } from '../sandbox/node-flags.ts';
import type { ReadAnswer } from './answer.ts';
import type { ReadJob } from './child.ts';
import { mebibytes } from './containers/byte-source.ts';
import { Refusals } from './containers/refusal.ts';
import { readerLimits } from './limits.ts';
import { type TimeExceeded, watchProgress } from './watch-progress.ts';

export type { ReadJob };

export interface ReaderOptions {
  /** Kills the reader. */
  readonly signal?: AbortSignal | undefined;
}

// Theory of operation
//
// A model file is foreign bytes for a large C library, the HDF5 library as WebAssembly, which is known
// to loop for ever on some damaged files. So a file is opened in a process of its own, which gets an
// empty environment, Node's permission model (this program and the submission to read, the scratch
// folder to write), a limit on its heap and on the library's memory. This process watches it: its
// resident memory, how long it works without a sign of progress, and how long in all. Whatever it dies
// of is a verdict on the file, never a fault of the grader.

/**
 * Reads a model file in a process of its own. Throws a `GraderError`: `candidate` where the file is
 * damaged, unsupported, or its reader hangs or crashes, `limit` where it takes too much.
 */
export async function runReader(job: ReadJob, { signal }: ReaderOptions = {}): Promise<ReadAnswer> {
  const refusals = new Refusals(basename(job.path));
  const child = startChild<ReadJob, string, ReadAnswer>({
    program: builtProgram('keras/child'),
    nodeOptions: flags(job),
    isBare: true,
  });
  const memory = watchMemory(child.pid, readerLimits.memoryBytes, () => child.end());
  const progress = watchProgress(child.pid, () => child.end());
  try {
    return await child.run(job, { signal, onProgress: () => progress.seen() });
  } catch (error) {
    if (signal?.aborted) throw error;
    const exceeded = progress.exceeded();
    if (exceeded !== null) throw tooSlow(exceeded, job, refusals);
    if (memory.isOver()) throw tooMuchMemory(memory.peakBytes(), refusals);
    throw hasDied(error) ? crashed(error, refusals) : error;
  } finally {
    memory.stop();
    progress.stop();
  }
}

function flags({ path, format, scratch }: ReadJob): readonly string[] {
  const submission = format === 'tfjs-layers' ? join(dirname(path), '*') : path;
  const program = ['h5wasm', 'yauzl'].flatMap(programFiles);
  const own = join(scratch, '*');
  return [
    ...processFlags(readerLimits.heapBytes),
    ...permissionFlags({ read: [...program, submission, own], write: [own] }),
  ];
}

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
  if (format === 'keras-json' || format === 'tfjs-layers') {
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

function hasDied(error: unknown): error is GraderError {
  return error instanceof GraderError && error.failure.code === 'child-died';
}

function crashed(error: GraderError, refusals: Refusals): GraderError {
  const words = error.failure.help ?? '';
  if (/heap out of memory|heap limit/i.test(words)) {
    return refusals.limit(
      'reader-memory',
      `to read it takes more than ${mebibytes(readerLimits.heapBytes)} MiB of JavaScript heap.`,
    );
  }
  return refusals.damaged(
    `the process that reads it crashed: ${clean(error.message, 160)} ${clean(words, 300)}`,
    error,
  );
}
