import { constants, lstatSync, mkdirSync, rmSync } from 'node:fs';
import { copyFile, link, mkdir, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cacheRoot } from '../../cache.ts';
import { moveWhole } from '../../files/atomic.ts';
import { temporaryFolder } from '../../files/temporary.ts';

/**
 * What a trainer sees of the machine's files: a folder that is empty when it starts, since its job is
 * not known then, and one that it writes in. It is removed with the trainer.
 */
export interface Room {
  /** The trainer reads here. */
  readonly inside: string;
  /** And writes here. */
  readonly outside: string;
  /** Puts a file in, under a name of its own; answers the path by which the trainer finds it. */
  put(path: string): Promise<string>;
  /** Moves what the trainer has written to a folder: regular files and folders of them, nothing else. */
  take(names: readonly string[], directory: string): Promise<void>;
  remove(): void;
}

/** Beside the prepared data, so that these are linked; in the system's folder where that fails. */
export function makeRoom(): Room {
  const root = makeRoot([join(cacheRoot(), 'rooms'), tmpdir()]);
  const [inside, outside] = [join(root, 'in'), join(root, 'out')];
  mkdirSync(inside);
  mkdirSync(outside);
  let count = 0;
  return {
    inside,
    outside,
    async put(path) {
      const target = join(inside, String(count++));
      await link(path, target).catch(() =>
        // Another disk, or a file of another user.
        copyFile(path, target, constants.COPYFILE_FICLONE),
      );
      return target;
    },
    async take(names, directory) {
      await mkdir(directory, { recursive: true });
      for (const name of names) await moveRegular(join(outside, name), join(directory, name));
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

function makeRoot(folders: readonly string[]): string {
  for (const folder of folders) {
    try {
      mkdirSync(folder, { recursive: true });
      return temporaryFolder('room', folder);
    } catch (error) {
      if (folder === folders.at(-1)) throw error;
    }
  }
  throw new Error('internal: no folder for a room');
}

/** Throws where a link or a device stands in the place of a file: then the trainer is not ours any more. */
async function moveRegular(from: string, to: string): Promise<void> {
  const status = lstatSync(from);
  if (status.isDirectory()) {
    await mkdir(to, { recursive: true });
    for (const name of await readdir(from)) await moveRegular(join(from, name), join(to, name));
    return;
  }
  if (!status.isFile() || status.nlink !== 1) {
    throw new Error(`internal: the trainer left ${from}, which is no regular file`);
  }
  await moveWhole(from, to);
}
