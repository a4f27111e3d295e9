import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { FoundAttempt } from '../contract.ts';
import { readAttempt, type Unread } from './read-attempt.ts';

interface Attempts {
  /** Oldest first. */
  readonly attempts: readonly FoundAttempt[];
  /** Folders without an attempt that can be read. */
  readonly skipped: readonly { readonly folder: string; readonly reason: Unread }[];
}

/** Reads under way at once. */
const atOnce = 32;

/** All attempts in the folders of a folder, which may be missing; of one problem where one is named. */
export async function findAttempts(results: string, problem: string | null): Promise<Attempts> {
  const folders = await foldersIn(results);
  const attempts: FoundAttempt[] = [];
  const skipped: { folder: string; reason: Unread }[] = [];
  const waiting = folders.values();
  const read = async () => {
    for (const name of waiting) {
      const folder = join(results, name);
      const found = await readAttempt(join(folder, 'report.json'));
      if (typeof found === 'string') skipped.push({ folder, reason: found });
      else if (problem === null || found.problem.id === problem) {
        attempts.push({ folder, attempt: found });
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, read));
  return {
    attempts: attempts.sort(byTime),
    skipped: skipped.sort((a, b) => (a.folder < b.folder ? -1 : 1)),
  };
}

async function foldersIn(path: string): Promise<readonly string[]> {
  const entries = await readdir(path, { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isDirectory() || entry.isSymbolicLink())
    .map(({ name }) => name)
    .sort();
}

/** ISO 8601 in UTC sorts as text; folders of one second by their names. */
function byTime(a: FoundAttempt, b: FoundAttempt): number {
  const [first, second] = [a, b].map(({ attempt, folder }) => `${attempt.startedAt} ${folder}`);
  return (first ?? '') < (second ?? '') ? -1 : 1;
}
