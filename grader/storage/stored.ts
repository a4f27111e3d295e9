import type { Stats } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** A download that broke off can be continued; a leftover is of a process that is gone. */
export type StoredKind =
  'engine' | 'dataset' | 'prepared' | 'compiled' | 'download' | 'leftover' | 'result';

/** A folder or a file of the cache, or a result folder. */
export interface Stored {
  readonly kind: StoredKind;
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
  /** Milliseconds since 1970: the last use where that is told, else the last change. */
  readonly usedAt: number;
  /** This version of the grader would bring or make it again. */
  readonly isCurrent: boolean;
  /** Why it is not removed, whatever is asked for; else null. */
  readonly held: string | null;
}

interface Found extends Pick<Stored, 'kind' | 'name' | 'path'> {
  readonly isCurrent?: boolean;
  readonly held?: string | null;
}

/** Looks at one; null where it is gone by now. Links are neither followed nor removed. */
export async function storedAt(found: Found): Promise<Stored | null> {
  const status = await lstat(found.path).catch(() => null);
  if (!status) return null;
  return {
    ...{ isCurrent: false, ...found },
    bytes: await bytesOf(found.path, status, new Set()),
    usedAt: status.mtimeMs,
    held: foreign(status) ?? found.held ?? null,
  };
}

function foreign(status: Stats): string | null {
  if (status.isSymbolicLink()) return 'a link';
  const own = process.getuid?.() ?? status.uid;
  return status.uid === own ? null : `belongs to user ${status.uid}`;
}

/** Of all files below; what has several names counts once. */
async function bytesOf(path: string, status: Stats, seen: Set<string>): Promise<number> {
  if (!status.isDirectory()) {
    const id = `${status.dev}:${status.ino}`;
    const isNew = status.nlink < 2 || !seen.has(id);
    seen.add(id);
    return isNew ? status.size : 0;
  }
  let sum = 0;
  for (const name of await namesIn(path)) {
    const inside = join(path, name);
    const each = await lstat(inside).catch(() => null);
    if (each) sum += await bytesOf(inside, each, seen);
  }
  return sum;
}

/** Nothing where there is no such folder, a link stands in its place, or it may not be read. */
export async function namesIn(folder: string): Promise<readonly string[]> {
  const status = await lstat(folder).catch(() => null);
  return status?.isDirectory() ? (await readdir(folder).catch(() => [])).sort() : [];
}
