import { createReadStream } from 'node:fs';
import { basename, posix } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Parser, extract, type ReadEntry } from 'tar';
import { GraderError, throwIfAborted } from '../errors.ts';

interface ArchiveRequest {
  readonly archive: string;
  readonly directory: string;
  readonly onProgress: (done: number) => void;
  readonly signal?: AbortSignal | undefined;
}

/** The official archives unpack to 1.3 GB at most. */
const maximumBytes = 4e9;

/**
 * Unpacks `lib/` and `include/` of a gzipped tar. Throws a `GraderError`, before anything is
 * written, for a path or a link that leads out of the folder, or more than the bound.
 */
export async function unpackArchive(request: ArchiveRequest): Promise<void> {
  await inspect(request);
  throwIfAborted(request.signal);
  let done = 0;
  await extract({
    file: request.archive,
    cwd: request.directory,
    strict: true,
    filter: (path, entry) => {
      throwIfAborted(request.signal);
      const wanted = isWanted(path);
      if (wanted) request.onProgress((done += 'size' in entry ? entry.size : 0));
      return wanted;
    },
  }).catch((error: unknown) => {
    throw error instanceof GraderError ? error : refused(request.archive, reasonOf(error), error);
  });
}

async function inspect({ archive, signal }: ArchiveRequest): Promise<void> {
  let bytes = 0;
  const found: string[] = [];
  const parser = new Parser({ strict: true });
  parser.on('entry', (entry: ReadEntry) => {
    bytes += entry.size;
    const problem =
      bytes > maximumBytes ? `unpacks to more than ${maximumBytes} bytes` : flaw(entry);
    if (problem === null) {
      entry.resume();
    } else {
      found.push(problem);
      parser.abort(new Error(problem));
    }
  });
  try {
    await pipeline(createReadStream(archive), parser, { ...(signal ? { signal } : {}) });
  } catch (error) {
    throwIfAborted(signal);
    throw refused(archive, found[0] ?? reasonOf(error), error);
  }
}

/** What makes an entry unfit to be written, or null. */
function flaw(entry: ReadEntry): string | null {
  const { path } = entry;
  if (leadsOut(path)) return `has a path that leads out of its folder: ${path}`;
  if (['File', 'OldFile', 'ContiguousFile', 'Directory'].includes(entry.type)) return null;
  if (entry.type !== 'SymbolicLink') return `has an entry that is no file: ${path} (${entry.type})`;
  // The archives link libtensorflow.so to its numbered name beside it; nothing else is needed.
  const target = entry.linkpath ?? '';
  const isSibling = target !== '' && !target.includes('/') && target !== '..' && target !== '.';
  return isSibling ? null : `has a link that leads elsewhere: ${path} -> ${target}`;
}

function leadsOut(path: string): boolean {
  return path.includes('\\') || posix.isAbsolute(path) || path.split('/').includes('..');
}

function isWanted(path: string): boolean {
  return /^(\.\/)?(lib|include)\//.test(path);
}

function reasonOf(error: unknown): string {
  return `cannot be read: ${error instanceof Error ? error.message : String(error)}`;
}

function refused(archive: string, reason: string, cause: unknown): GraderError {
  return new GraderError(
    {
      fault: 'machine',
      code: 'engine-unpack-failed',
      message: `${basename(archive)} ${reason}. It is refused.`,
    },
    { cause },
  );
}
