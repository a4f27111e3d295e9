import { mkdir, mkdtemp, readdir, rename, rm, stat, statfs } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { cacheRoot } from '../cache.ts';
import { GraderError } from '../errors.ts';
import { takeLock } from '../files/lock.ts';
import { isAlive } from '../files/process-mark.ts';
import { fileSize } from '../text/bytes.ts';
import type { SetupListener } from './engine.ts';

/** Where engines lie, one folder each. */
export function enginesFolder(): string {
  return join(cacheRoot(), 'engine');
}

/** Runs the work while no other process works in the engines folder; says so when it has to wait. */
export async function withEnginesLock<Result>(
  work: () => Promise<Result>,
  listener: SetupListener,
  signal: AbortSignal | undefined,
): Promise<Result> {
  await mkdir(enginesFolder(), { recursive: true });
  const release = await takeLock({
    lockfile: join(enginesFolder(), 'setup.lock'),
    staleMilliseconds: 10_000,
    onWait: () =>
      listener({
        stage: 'wait',
        text: 'Engine: another process is setting it up; waiting for it.',
      }),
    signal,
  });
  try {
    await sweepTemporary();
    return await work();
  } finally {
    await release();
  }
}

/** Runs the work in a new folder beside the engines, which is gone afterwards whatever happens. */
export async function withTemporary<Result>(
  work: (directory: string) => Promise<Result>,
): Promise<Result> {
  const directory = await mkdtemp(join(enginesFolder(), `${temporaryPrefix}${process.pid}-`));
  try {
    return await work(directory);
  } finally {
    await remove(directory);
  }
}

/** Moves a finished folder to its place in one step; an older one there is replaced. */
export async function moveIntoPlace(finished: string, target: string): Promise<void> {
  const old = join(dirname(finished), 'replaced');
  await rename(target, old).catch(ignoreMissing);
  await rename(finished, target);
}

/** Throws a `GraderError` where the cache's file system lacks the room. */
export async function requireSpace(bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(enginesFolder());
  const free = bavail * bsize;
  if (free >= bytes) return;
  throw new GraderError({
    fault: 'machine',
    code: 'disk-full',
    message: `${enginesFolder()} has ${fileSize(free)} of free disk space; making the engine takes ${fileSize(bytes)}.`,
    help: 'Free some space, or put the cache on another disk with GRADER_CACHE.',
  });
}

const temporaryPrefix = 'tmp-';
/** Process ids are used again; a folder that old has no owner, whoever has its id now. */
const abandonedMilliseconds = 6 * 3_600_000;

/** Removes what killed setups left behind. */
async function sweepTemporary(): Promise<void> {
  for (const name of await readdir(enginesFolder())) {
    if (!name.startsWith(temporaryPrefix)) continue;
    const path = join(enginesFolder(), name);
    if (!(await isBeingMade(path))) await remove(path);
  }
}

/** Whether a setup that still runs makes an engine here. */
export async function isBeingMade(path: string): Promise<boolean> {
  const owner = Number(basename(path).split('-')[1]);
  // This process holds the lock and has made nothing yet: its id was another's before.
  if (!Number.isInteger(owner) || owner === process.pid || !isAlive(owner)) return false;
  const status = await stat(path).catch(() => null);
  return status !== null && Date.now() - status.mtimeMs < abandonedMilliseconds;
}

async function remove(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true, maxRetries: 5 }).catch(() => {
    // A download that outlives its killed parent may still write here: the next sweep takes it.
  });
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}
