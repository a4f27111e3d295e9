import { randomUUID } from 'node:crypto';
import { copyFile, open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** Writes a file that is whole from its first moment: under another name, to the disk, then renamed. */
export async function writeWhole(
  path: string,
  content: string | Uint8Array,
  mode = 0o666,
): Promise<void> {
  await makeWhole(path, async (temporary) => {
    const handle = await open(temporary, 'wx', mode);
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
  });
}

/** Moves a file; to another disk as a copy that is whole from its first moment. */
export async function moveWhole(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
    await makeWhole(to, (temporary) => copyFile(from, temporary));
    await rm(from);
  }
}

/** Removes what killed writers have left of these files in a folder that nobody else writes in. */
export async function removeUnfinished(folder: string, names: readonly string[]): Promise<void> {
  for (const name of await readdir(folder)) {
    if (isUnfinished(name, names)) await rm(join(folder, name), { force: true });
  }
}

/** Whether a name is that of one of these files while it is written. */
export function isUnfinished(name: string, names: readonly string[]): boolean {
  const [, of] = /^\.(.+)\.[0-9a-f]{8}\.tmp$/.exec(name) ?? [];
  return of !== undefined && names.includes(of);
}

async function makeWhole(path: string, make: (temporary: string) => Promise<void>): Promise<void> {
  const name = `.${basename(path)}.${randomUUID().slice(0, 8)}.tmp`;
  const temporary = join(dirname(path), name);
  try {
    await make(temporary);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
