import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileHashes } from '../contract/record.ts';
import { claimFile, claimLock } from '../files/claim.ts';
import { fileDigest } from '../files/digest.ts';

interface FolderHashes {
  /** By paths from the folder, with `/`. */
  readonly files: FileHashes;
  /** What is neither a file nor a folder, cannot be read, or is more than any sitting has: its path, and what it is. */
  readonly odd: ReadonlyMap<string, string>;
}

const mostEntries = 50_000;
const deepest = 16;

/**
 * Hashes of all files in a folder and below, but for those of `leftOut`, paths of files or folders. Links are not
 * followed, wherever they stand; what marks a running grading is left out.
 */
export async function hashFolder(
  folder: string,
  leftOut: (path: string) => boolean = (path) => path === claimFile || path === claimLock,
): Promise<FolderHashes> {
  const files: Record<string, string> = {};
  const odd = new Map<string, string>();
  const waiting = [''];
  let count = 0;
  for (let inside = waiting.pop(); inside !== undefined; inside = waiting.pop()) {
    const entries = await entriesOf(join(folder, inside));
    if (entries === null) odd.set(inside || '.', 'a folder that cannot be read');
    for (const entry of entries ?? []) {
      const path = inside === '' ? entry.name : `${inside}/${entry.name}`;
      if (leftOut(path) && !entry.isSymbolicLink()) continue;
      count += 1;
      if (count > mostEntries)
        return { files, odd: odd.set(path, `one of more than ${mostEntries}`) };
      if (entry.isDirectory() && path.split('/').length <= deepest) waiting.push(path);
      else if (!entry.isFile()) odd.set(path, kindOf(entry));
      else {
        const digest = await fileDigest(join(folder, path)).catch(() => null);
        if (digest === null) odd.set(path, 'a file that cannot be read');
        else Object.defineProperty(files, path, { value: digest, enumerable: true });
      }
    }
  }
  return { files, odd };
}

function entriesOf(folder: string): Promise<readonly Dirent[] | null> {
  return readdir(folder, { withFileTypes: true }).catch(() => null);
}

function kindOf(entry: Dirent): string {
  if (entry.isSymbolicLink()) return 'a symbolic link';
  return entry.isDirectory() ? `deeper than ${deepest}` : 'a pipe, a socket or a device';
}
