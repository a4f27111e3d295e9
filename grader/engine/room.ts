import { randomUUID } from 'node:crypto';
import { constants, lstatSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { copyFile, link, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cacheRoot } from '../cache.ts';

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
  const name = `grader-room-${process.pid}-${randomUUID()}`;
  for (const folder of folders) {
    try {
      mkdirSync(folder, { recursive: true });
      sweep(folder);
      mkdirSync(join(folder, name), { mode: 0o700 });
      return join(folder, name);
    } catch (error) {
      if (folder === folders.at(-1)) throw error;
    }
  }
  throw new Error('internal: no folder for a room');
}

const roomName = /^grader-room-(\d+)-/;

/** Removes the rooms of graders that were killed. */
function sweep(folder: string): void {
  for (const name of readdirSync(folder)) {
    const owner = Number(roomName.exec(name)?.[1] ?? process.pid);
    if (!isRunning(owner)) rmSync(join(folder, name), { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // EPERM: it runs for another user.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
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
  await rename(from, to).catch(async () => {
    await copyFile(from, to);
    await rm(from);
  });
}
