import { lstat, mkdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { candidateError, GraderError, ProcessDied } from '../../errors.ts';
import { builtProgram } from '../../process/built-program.ts';
import { runChild } from '../../process/run-child.ts';
import { confine } from '../../sandbox/confine.ts';
import { findIsolation } from '../../sandbox/isolation.ts';
import { clean } from '../../text/show.ts';
import type { ArchiveAnswer, ArchiveJob, Member } from './archive-job.ts';
import { readArchiveAnswer } from './archive-answer.ts';
import { openerLimits } from './limits.ts';

// Theory of operation
//
// An archive is foreign bytes for two libraries. A process of its own opens it, held as the reader of model
// files is: it sees the archive and one empty folder, in which it writes files under numbers, so that no
// name of the archive meets a file system there. The names come back as data; each is checked here before
// a file gets it.

/** A file that was not taken out of an archive, and why: "<name>: <reason>". */
export interface LeftInside {
  readonly parts: readonly string[];
  readonly code: string;
  readonly reason: string;
}

type OpenJob = Omit<ArchiveJob, 'scratch'> & {
  /** A new folder, in which the files get their names. */
  readonly folder: string;
  readonly signal?: AbortSignal | undefined;
};

/**
 * Unpacks an archive into a folder and answers what it left inside. Throws a `GraderError`: `candidate` where
 * it is damaged, holds too much or its bytes crash what opens it (the message completes "<archive>: …"),
 * `interrupted` when the signal fires.
 */
export async function openArchive({ folder, signal, ...job }: OpenJob): Promise<LeftInside[]> {
  const scratch = join(folder, '.numbered');
  await mkdir(scratch, { recursive: true });
  try {
    const answer = await ask({ ...job, path: resolve(job.path), scratch }, signal);
    const left = answer.refused.map(({ name, kind, reason }) => ({
      parts: partsOf(name),
      code: `archive-${kind}`,
      reason,
    }));
    const taken = new Map<string, string>();
    for (const member of answer.members) {
      const why = await place(member, { scratch, folder, taken });
      if (why !== null) left.push({ parts: partsOf(member.name), ...why });
    }
    return left;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function ask(job: ArchiveJob, signal: AbortSignal | undefined): Promise<ArchiveAnswer> {
  const { size } = await stat(job.path);
  const { leastSeconds, secondsPerGibibyte } = openerLimits;
  const seconds = Math.ceil(leastSeconds + (secondsPerGibibyte * size) / 2 ** 30);
  const confinement = confine(await findIsolation(), {
    packages: ['tar', 'yauzl'],
    read: [job.path],
    write: [job.scratch],
    heapBytes: openerLimits.heapBytes,
    dataBytes: openerLimits.dataBytes,
    fileBytes: job.limits.memberBytes,
    cpuSeconds: seconds,
    wallSeconds: 2 * seconds,
  });
  const program = builtProgram('classes/archives/child');
  const answer = await runChild<ArchiveJob, unknown, unknown>({
    ...{ program, confinement, job, signal },
  }).catch((error: unknown) => {
    throw openingFailed(error);
  });
  return readArchiveAnswer(answer);
}

function openingFailed(error: unknown): unknown {
  if (error instanceof ProcessDied) {
    const message = `the process that opens it crashed or took too long (${clean(error.message, 160)}).`;
    return candidateError('archive-damaged', message, repack);
  }
  if (!(error instanceof GraderError) || error.failure.fault !== 'candidate') return error;
  return candidateError(error.failure.code, clean(error.message), repack);
}

const repack = 'Hand in the model file or the recipe itself, without an archive around it.';

interface Place {
  readonly scratch: string;
  readonly folder: string;
  /** Names as file systems without case compare them, to the names as they are. */
  readonly taken: Map<string, string>;
}

/** Gives a file its name in the folder; answers why it gets none. */
async function place(
  { name, number, changedAt }: Member,
  { scratch, folder, taken }: Place,
): Promise<Pick<LeftInside, 'code' | 'reason'> | null> {
  const parts = partsOf(name);
  const flaw = flawOf(parts);
  if (flaw !== null) return { code: 'archive-name', reason: flaw };
  const key = parts.join('/').toLowerCase();
  const other = taken.get(key);
  if (other !== undefined) {
    // Without that name, which may be hidden.
    const same = other === name ? 'of this name' : 'whose name differs only in case';
    return { code: 'archive-duplicate', reason: `the archive has another file ${same}.` };
  }
  taken.set(key, name);
  const path = join(folder, ...parts);
  const from = join(scratch, String(number));
  try {
    // One that was taken over could leave a link.
    if (!(await lstat(from)).isFile())
      return { code: 'archive-link', reason: 'it is no plain file.' };
    await mkdir(dirname(path), { recursive: true });
    await rename(from, path);
    if (changedAt !== null) await utimes(path, new Date(changedAt), new Date(changedAt));
    return null;
  } catch (error) {
    // A file where another one has a folder, or a name that this file system does not take.
    const { code = 'unknown error' } = error as NodeJS.ErrnoException;
    return { code: 'archive-name', reason: `it cannot be given its name (${code}).` };
  }
}

function partsOf(name: string): readonly string[] {
  return name
    .normalize('NFC')
    .split('/')
    .filter((part) => part !== '' && part !== '.');
}

function flawOf(parts: readonly string[]): string | null {
  if (parts.length === 0) return 'it has no name.';
  if (parts.length > 32) return 'it lies in more than 32 folders.';
  if (parts.includes('..')) return 'its name leads out of the archive.';
  if (parts.some((part) => /[\\\0]/.test(part))) return 'its name has characters that no name has.';
  return parts.some((part) => Buffer.byteLength(part) > 255) ? 'its name is too long.' : null;
}
