import { basename } from 'node:path';
import { listEntries } from '../zip/list-entries.ts';
import { openBytes } from '../zip/open-bytes.ts';
import { entryBytes } from '../zip/read-entry.ts';
import type { ZipBounds, ZipEntry } from '../zip/zip-entry.ts';
import { ZipFault } from '../zip/zip-fault.ts';

/**
 * A zip archive's accepted entries, sorted by name. Throws an `Error` when the archive is damaged,
 * hostile or larger than the bounds.
 */
export async function listZip(path: string, bounds: ZipBounds): Promise<ZipEntry[]> {
  const entries = await listEntries(path, bounds).catch((fault: unknown) => {
    throw named(path, fault);
  });
  return [...entries.values()].sort((one, other) => (one.name < other.name ? -1 : 1));
}

export interface ZipMember {
  readonly name: string;
  readonly content: Uint8Array;
}

/**
 * Reads entries of a zip archive in the given order; only a few are in memory at a time.
 * Throws an `Error` when one is damaged.
 */
export async function* readZip(
  path: string,
  entries: Iterable<ZipEntry>,
): AsyncGenerator<ZipMember> {
  const archive = await openBytes(path);
  const reading: Promise<ZipMember>[] = [];
  const read = async (entry: ZipEntry): Promise<ZipMember> => ({
    name: entry.name,
    content: await entryBytes(archive, entry).catch((fault: unknown) => {
      throw named(path, fault);
    }),
  });
  try {
    for (const entry of entries) {
      const next = read(entry);
      // A failure is thrown when its turn comes.
      next.catch(() => undefined);
      reading.push(next);
      const first = reading.length > entriesAhead ? reading.shift() : undefined;
      if (first) yield await first;
    }
    for (const rest of reading) yield await rest;
  } finally {
    await Promise.allSettled(reading);
    await archive.close();
  }
}

function named(path: string, fault: unknown): unknown {
  if (!(fault instanceof ZipFault)) return fault;
  return new Error(`${basename(path)}: ${fault.message}`, { cause: fault });
}

/** How many entries are read while one is in use. */
const entriesAhead = 4;
