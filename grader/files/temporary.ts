import { mkdtempSync } from 'node:fs';
import { lstat, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ownMark, stateOf } from './process-mark.ts';

/** A folder of another host or container is left alone for so long. */
const abandonedMilliseconds = 24 * 3_600_000;

const named = /^grader-[a-z]+-([0-9a-f]{8})-(\d+)-(\d*)-[^-]+$/;
/** Of earlier versions, which did not say whose they are. */
const unnamed = /^grader-(?:recipe|inspect|graph|room)-[^-]{6}$|^grader-room-\d+-[0-9a-f-]{36}$/;

/**
 * A new folder for this process, named after it: `grader-inspect-…`. The first one in each place also
 * removes what killed runs have left there.
 */
export function temporaryFolder(kind: string, parent = tmpdir()): string {
  const { place, pid, started } = ownMark();
  const folder = mkdtempSync(join(parent, `grader-${kind}-${place}-${pid}-${started}-`));
  if (!swept.has(parent)) void sweep(parent);
  swept.add(parent);
  return folder;
}

const swept = new Set<string>();

/** Whether a folder of this name was made by `temporaryFolder`. */
export function isTemporary(name: string): boolean {
  return named.test(name) || unnamed.test(name);
}

/** Removes the folders of processes that are gone; those of others and of other users stay. */
export async function sweep(parent: string): Promise<void> {
  for (const name of await readdir(parent).catch(() => [])) {
    const path = join(parent, name);
    if (isTemporary(name) && (await isAbandoned(name, path))) {
      await rm(path, { recursive: true, force: true }).catch(() => {
        // Another run sweeps as well.
      });
    }
  }
}

/** Whether the process that a temporary folder is named after is gone. */
export async function isAbandoned(name: string, path: string): Promise<boolean> {
  const [, place = '', pid = '', started = ''] = named.exec(name) ?? [];
  const state = place === '' ? 'unknown' : stateOf({ place, pid: Number(pid), started });
  if (state === 'running') return false;
  const status = await lstat(path).catch(() => null);
  if (!status?.isDirectory() || status.uid !== process.getuid?.()) return false;
  return state === 'gone' || Date.now() - status.mtimeMs > abandonedMilliseconds;
}
