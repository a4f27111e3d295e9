import { rmSync } from 'node:fs';
import { readFile, rm, stat, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { writeWhole } from './atomic.ts';
import { takeLock } from './lock.ts';
import { ownMark, stateOf, type ProcessMark } from './process-mark.ts';

/** Who works in a folder. */
export interface Claim extends ProcessMark {
  readonly host: string;
  /** When, in ISO 8601. */
  readonly since: string;
  /** On what. */
  readonly about: string;
}

export interface HeldFolder {
  /** Null where what stands there cannot be read. */
  readonly holder: Claim | null;
}

export const claimFile = '.grading.json';
export const claimLock = '.grading.lock';

/** A sign of life that other hosts see, and how long it counts. */
const signMilliseconds = 10_000;
const silentMilliseconds = 120_000;

/**
 * Takes a folder for this process, or answers who has it. What a process that is gone has taken is
 * free. The function that is answered gives it back; so does the end of this process.
 */
export async function claimFolder(
  folder: string,
  about: string,
): Promise<(() => Promise<void>) | HeldFolder> {
  const path = join(folder, claimFile);
  // Two that find a claim of a dead process must not both take its place.
  const release = await takeLock({ lockfile: join(folder, claimLock), staleMilliseconds: 5_000 });
  try {
    const held = await holderOf(folder);
    if (held) return held;
    const claim: Claim = {
      ...ownMark(),
      ...{ host: hostname(), since: new Date().toISOString(), about },
    };
    await writeWhole(path, `${JSON.stringify(claim)}\n`);
  } finally {
    await release();
  }
  return keep(path);
}

function keep(path: string): () => Promise<void> {
  const timer = setInterval(() => {
    const now = new Date();
    void utimes(path, now, now).catch(() => undefined);
  }, signMilliseconds).unref();
  if (kept.size === 0) process.once('exit', removeKept);
  kept.add(path);
  return async () => {
    clearInterval(timer);
    await rm(path, { force: true });
    kept.delete(path);
    if (kept.size === 0) process.off('exit', removeKept);
  };
}

const kept = new Set<string>();

function removeKept(): void {
  for (const path of kept) rmSync(path, { force: true });
}

/** Who works in a folder; null where nobody does any more. */
export async function holderOf(folder: string): Promise<HeldFolder | null> {
  const path = join(folder, claimFile);
  const status = await stat(path).catch(() => null);
  if (!status) return null;
  const isSilent = Date.now() - status.mtimeMs > silentMilliseconds;
  const holder = readClaim(await readFile(path, 'utf8').catch(() => ''));
  const state = holder ? stateOf(holder) : 'unknown';
  const isHeld = state === 'running' || (state === 'unknown' && !isSilent);
  return isHeld ? { holder } : null;
}

function readClaim(text: string): Claim | null {
  try {
    const { place, pid, started, host, since, about } = JSON.parse(text) as Partial<Claim>;
    const isWhole =
      typeof pid === 'number' &&
      [place, started, host, since, about].every((each) => typeof each === 'string');
    return isWhole ? (JSON.parse(text) as Claim) : null;
  } catch {
    // A writer that was killed just then, or another program's file.
    return null;
  }
}
