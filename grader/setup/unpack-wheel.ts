import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { openPromise, type Entry, type ZipFile } from 'yauzl';
import { GraderError } from '../errors.ts';
import { throwIfAborted } from './run-program.ts';

export interface UnpackRequest {
  readonly wheel: string;
  /** Entries keep their paths below this folder. */
  readonly directory: string;
  readonly isWanted: (name: string) => boolean;
  /** Bound on the wanted entries together, unpacked. */
  readonly maximumBytes: number;
  readonly onProgress: (done: number) => void;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Streams the wanted files of a wheel to disk and returns their unpacked bytes. Throws a
 * `GraderError` for a path that leads out of the folder, a link, or more than the bound.
 */
export async function unpackWheel(request: UnpackRequest): Promise<number> {
  return withZip(request.wheel, async (zip) => {
    let claimed = 0;
    let done = 0;
    for await (const entry of zip.eachEntry()) {
      throwIfAborted(request.signal);
      if (entry.fileName.endsWith('/') || !request.isWanted(entry.fileName)) continue;
      requirePlainFile(entry, request.wheel);
      claimed += entry.uncompressedSize;
      if (claimed > request.maximumBytes) {
        throw hostile(request.wheel, `unpacks to more than ${request.maximumBytes} bytes`);
      }
      const target = join(request.directory, entry.fileName);
      await mkdir(dirname(target), { recursive: true });
      const stream = await zip.openReadStreamPromise(entry);
      stream.on('data', (chunk: Buffer) => request.onProgress((done += chunk.length)));
      await pipeline(stream, createWriteStream(target, { flags: 'wx', mode: fileMode(entry) }), {
        signal: request.signal,
      });
    }
    return done;
  });
}

/** The wheel's own description: headers, one a line. */
export async function readWheelMetadata(wheel: string): Promise<string> {
  return withZip(wheel, async (zip) => {
    for await (const entry of zip.eachEntry()) {
      if (!/^[^/]+\.dist-info\/METADATA$/.test(entry.fileName)) continue;
      if (entry.uncompressedSize > 1_000_000) throw hostile(wheel, 'has METADATA beyond 1 MB');
      return (await buffer(await zip.openReadStreamPromise(entry))).toString('utf8');
    }
    throw hostile(wheel, 'has no METADATA');
  });
}

async function withZip<Result>(
  wheel: string,
  work: (zip: ZipFile) => Promise<Result>,
): Promise<Result> {
  const zip = await openPromise(wheel, {
    lazyEntries: true,
    autoClose: false,
    strictFileNames: true,
  }).catch((error: unknown) => {
    throw unreadable(wheel, error);
  });
  try {
    return await work(zip);
  } catch (error) {
    throw error instanceof GraderError || isAbort(error) ? error : unreadable(wheel, error);
  } finally {
    zip.close();
  }
}

/** yauzl itself refuses `..`, absolute paths and backslashes; links only show in the Unix mode. */
function requirePlainFile(entry: Entry, wheel: string): void {
  const kind = (entry.externalFileAttributes >>> 16) & 0o170000;
  if (kind !== 0 && kind !== 0o100000) {
    throw hostile(wheel, `has an entry that is no plain file: ${entry.fileName}`);
  }
}

function fileMode(entry: Entry): number {
  const executable = (entry.externalFileAttributes >>> 16) & 0o111;
  return executable ? 0o755 : 0o644;
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}

function unreadable(wheel: string, cause: unknown): GraderError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new GraderError(
    {
      fault: 'machine',
      code: 'engine-unpack-failed',
      message: `${basename(wheel)} cannot be unpacked: ${reason}.`,
    },
    { cause },
  );
}

function hostile(wheel: string, what: string): GraderError {
  return new GraderError({
    fault: 'machine',
    code: 'engine-unpack-failed',
    message: `${basename(wheel)} ${what}; it is refused.`,
  });
}
