import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { GraderError, throwIfAborted } from '../errors.ts';
import { listEntries } from '../zip/list-entries.ts';
import { openBytes } from '../zip/open-bytes.ts';
import { type ByteReader, entryBytes, readEntry } from '../zip/read-entry.ts';
import type { ZipEntry } from '../zip/zip-entry.ts';
import { ZipFault } from '../zip/zip-fault.ts';

interface UnpackRequest {
  readonly wheel: string;
  /** Entries keep their paths below this folder. */
  readonly directory: string;
  readonly isWanted: (name: string) => boolean;
  /** Bound on the wanted entries together, unpacked. */
  readonly maximumBytes: number;
  readonly onProgress: (done: number) => void;
  readonly signal?: AbortSignal | undefined;
}

/** TensorFlow's wheel has 13,000. */
const mostEntries = 100_000;

/**
 * Streams the wanted files of a wheel to disk and returns their unpacked bytes. Throws a
 * `GraderError` for a path that leads out of the folder, a link, damage, or more than the bound.
 */
export async function unpackWheel(request: UnpackRequest): Promise<number> {
  const { wheel, isWanted, maximumBytes } = request;
  return withWheel(wheel, async (bytes) => {
    const entries = await listEntries(wheel, {
      accept: (name) => !name.endsWith('/') && isWanted(name),
      ...{ maxEntries: mostEntries, maxBytes: maximumBytes },
    });
    let done = 0;
    const onChunk = (length: number) => request.onProgress((done += length));
    for (const entry of entries.values()) await unpack(bytes, entry, { ...request, onChunk });
    return done;
  });
}

async function unpack(
  wheel: ByteReader,
  entry: ZipEntry,
  { directory, signal, onChunk }: UnpackRequest & { readonly onChunk: (length: number) => void },
): Promise<void> {
  throwIfAborted(signal);
  const target = join(directory, entry.name);
  await mkdir(dirname(target), { recursive: true });
  const mode = entry.mode & 0o111 ? 0o755 : 0o644;
  async function* chunks() {
    for await (const chunk of readEntry(wheel, entry)) {
      onChunk(chunk.length);
      yield chunk;
    }
  }
  await pipeline(chunks, createWriteStream(target, { flags: 'wx', mode }), { signal });
}

/** The wheel's own description: headers, one a line. */
export async function readWheelMetadata(wheel: string): Promise<string> {
  return withWheel(wheel, async (bytes) => {
    const entries = await listEntries(wheel, {
      accept: (name) => /^[^/]+\.dist-info\/METADATA$/.test(name),
      ...{ maxEntries: mostEntries, maxBytes: 1_000_000 },
    });
    const [metadata] = entries.values();
    if (metadata === undefined) throw new ZipFault('damaged', 'it has no METADATA.');
    return new TextDecoder().decode(await entryBytes(bytes, metadata));
  });
}

async function withWheel<Result>(
  path: string,
  work: (wheel: ByteReader) => Promise<Result>,
): Promise<Result> {
  const wheel = await openBytes(path);
  try {
    return await work(wheel);
  } catch (error) {
    throw error instanceof ZipFault ? refused(path, error) : error;
  } finally {
    await wheel.close();
  }
}

function refused(wheel: string, cause: ZipFault): GraderError {
  return new GraderError(
    {
      fault: 'machine',
      code: 'engine-unpack-failed',
      message: `${basename(wheel)} cannot be unpacked: ${cause.message}`,
    },
    { cause },
  );
}
