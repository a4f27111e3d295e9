import { lstat, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { cacheRoot } from '../cache.ts';
import { claimFolder } from '../files/claim.ts';
import { temporaryFolder } from '../files/temporary.ts';
import type { Stored } from './stored.ts';

export interface PruneRequest {
  /** Also what the next run brings or makes again. */
  readonly all: boolean;
  /** Null: 30 days, or no age where all is asked for. */
  readonly olderThanMilliseconds: number | null;
  readonly results: boolean;
}

const dayMilliseconds = 24 * 3_600_000;

/** Why something stays, or null where it goes. */
export function keptBecause(stored: Stored, request: PruneRequest): string | null {
  const { kind, held, isCurrent, usedAt } = stored;
  if (held !== null) return held;
  if (kind === 'leftover') return null;
  if (kind === 'result' && !request.results) return 'a result';
  if (isCurrent && !request.all) return 'needed again';
  const least = request.olderThanMilliseconds ?? (request.all ? 0 : 30 * dayMilliseconds);
  return Date.now() - usedAt < least ? `not ${ageText(least)} old` : null;
}

/** `30 d`, `12 h`, `5 min`. */
export function ageText(milliseconds: number): string {
  const minutes = Math.max(0, Math.floor(milliseconds / 60_000));
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.floor(hours / 24)} d`;
}

/**
 * Removes a folder or a file: out of its place in one step first, so that no half of it is ever found there.
 * Throws what the file system says, and where it is no longer what was looked at.
 */
export async function removeStored({ kind, path }: Stored): Promise<void> {
  const giveBack = kind === 'result' ? await claimed(path) : null;
  try {
    const status = await lstat(path).catch(ignoreMissing);
    if (!status) return;
    if (status.isSymbolicLink()) throw new Error('a link has taken its place');
    const aside = temporaryFolder('prune', kind === 'result' ? dirname(path) : cacheRoot());
    try {
      await rename(path, join(aside, basename(path)));
    } finally {
      await rm(aside, { recursive: true, force: true });
    }
  } finally {
    await giveBack?.();
  }
}

async function claimed(folder: string): Promise<() => Promise<void>> {
  const answer = await claimFolder(folder, 'grader cache prune');
  if (typeof answer === 'function') return answer;
  throw new Error('a grading writes there');
}

/** Another process has removed it. */
function ignoreMissing(error: NodeJS.ErrnoException): null {
  if (error.code !== 'ENOENT') throw error;
  return null;
}
