import { readdir, stat } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { fileDigest } from '../files/digest.ts';
import { addonName, type FileStamp } from './engine.ts';
import type { Library } from './find-library.ts';

/** The programs of an engine, as `engine.json` names them: the addon, TensorFlow, CUDA. */
export async function engineFiles(
  directory: string,
  library: Omit<Library, 'headers'>,
): Promise<string[]> {
  const libraries = [library.main, library.framework].map((name) => join(library.directory, name));
  const cuda = await readdir(join(directory, 'nvidia'), {
    recursive: true,
    withFileTypes: true,
  }).catch(() => []);
  const cudaFiles = cuda
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  return [join(directory, addonName), ...libraries, ...cudaFiles].map((path) => {
    const way = relative(directory, path);
    return way.startsWith('..') ? path : way;
  });
}

/** Reads every byte. */
export function stampFiles(directory: string, paths: readonly string[]): Promise<FileStamp[]> {
  return Promise.all(
    paths.map(async (path) => {
      const file = resolve(directory, path);
      const { size, mtimeNs, ino } = await stat(file, { bigint: true });
      return {
        path,
        bytes: Number(size),
        modified: String(mtimeNs),
        inode: String(ino),
        sha256: await fileDigest(file),
      };
    }),
  );
}

/** A stamp that no file has, so that the next look reads every byte. */
export function withoutTrust(files: readonly FileStamp[]): FileStamp[] {
  return files.map((file) => ({ ...file, modified: '', inode: '' }));
}

/**
 * Whether the files look as they were left. In a copy that this user may not change, such as a
 * container's image, the inodes are others and times are cut to seconds.
 */
export async function lookUnchanged(
  directory: string,
  files: readonly FileStamp[],
  isOwn: boolean,
): Promise<boolean> {
  const same = await Promise.all(
    files.map(async ({ path, bytes, modified, inode }) => {
      const found = await stat(resolve(directory, path), { bigint: true }).catch(() => null);
      if (!found?.isFile() || Number(found.size) !== bytes || modified === '') return false;
      const [then, now] = [BigInt(modified), found.mtimeNs];
      return isOwn ? now === then && String(found.ino) === inode : now / second === then / second;
    }),
  );
  return same.every(Boolean);
}

const second = 1_000_000_000n;

/** The files that are not what was made; every byte is read. */
export async function damagedFiles(
  directory: string,
  files: readonly FileStamp[],
): Promise<string[]> {
  const damaged: string[] = [];
  for (const { path, bytes, sha256 } of files) {
    const file = resolve(directory, path);
    const found = await stat(file).catch(() => null);
    const isWhole = found?.size === bytes && (await fileDigest(file).catch(() => null)) === sha256;
    if (!isWhole) damaged.push(path);
  }
  return damaged;
}
