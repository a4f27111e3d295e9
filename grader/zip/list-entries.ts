import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { fileSize } from '../text/bytes.ts';
import { clean } from '../text/show.ts';
import { checkApart, checkEntry, placeOf } from './check-entry.ts';
import type { ZipBounds, ZipEntry } from './zip-entry.ts';
import { wordsOf, ZipFault } from './zip-fault.ts';

/**
 * The accepted files of a zip archive by name, unread. Throws a `ZipFault` for a damaged archive, for one
 * beyond the bounds, and for what no honest one has: two entries of one name or with the same bytes,
 * links, encryption, names that leave the folder.
 */
export async function listEntries(
  path: string,
  bounds: ZipBounds,
): Promise<ReadonlyMap<string, ZipEntry>> {
  const zip = await open(path);
  try {
    if (zip.entryCount > bounds.maxEntries) {
      const many = `${zip.entryCount} entries; at most ${bounds.maxEntries} are read.`;
      throw new ZipFault('too-many', many);
    }
    return await list(zip, bounds);
  } finally {
    zip.close();
  }
}

async function open(path: string): Promise<ZipFile> {
  try {
    // Sizes are checked here, so that an encrypted entry is called that.
    const options = { lazyEntries: true, autoClose: false, validateEntrySizes: false };
    return await openPromise(path, options);
  } catch (cause) {
    throw new ZipFault('damaged', `not a whole zip file (${wordsOf(cause)}).`, cause);
  }
}

async function list(zip: ZipFile, bounds: ZipBounds): Promise<ReadonlyMap<string, ZipEntry>> {
  const { accept = () => true, maxBytes } = bounds;
  const found = new Map<string, ZipEntry>();
  let total = 0;
  for (const entry of await directoryOf(zip)) {
    const { fileName: name } = entry;
    if (!accept(name)) continue;
    checkEntry(entry, zip.fileSize, bounds);
    if (found.has(name)) {
      throw new ZipFault('duplicate', `it has two entries named "${clean(name, 80)}".`);
    }
    total += Math.max(entry.uncompressedSize, entry.compressedSize);
    if (total > maxBytes) {
      throw new ZipFault('too-large', `it unpacks to more than ${fileSize(maxBytes)}.`);
    }
    if (!name.endsWith('/')) found.set(name, await placeOf(zip, entry));
  }
  checkApart([...found.values()]);
  return found;
}

async function directoryOf(zip: ZipFile): Promise<readonly Entry[]> {
  try {
    const entries: Entry[] = [];
    for await (const entry of zip.eachEntry()) entries.push(entry);
    return entries;
  } catch (cause) {
    const words = wordsOf(cause);
    if (/^(absolute path|invalid relative path|invalid characters)/.test(words)) {
      throw new ZipFault('name', `an entry's name leaves the archive (${clean(words)}).`, cause);
    }
    throw new ZipFault('damaged', `its list of entries is damaged (${clean(words)}).`, cause);
  }
}
