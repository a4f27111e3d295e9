import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { fileSize, mebibytes } from '../text/bytes.ts';
import { clean } from '../text/show.ts';
import { wordsOf, ZipFault } from './zip-fault.ts';

export interface ZipBounds {
  /** Entries whose name it refuses are skipped, unread. */
  readonly accept?: (name: string) => boolean;
  readonly maxEntries: number;
  /** Of the accepted entries together, each packed or unpacked, whichever is more. */
  readonly maxBytes: number;
  /** How many times as many bytes an entry may have unpacked as packed. */
  readonly maxRatio?: number;
  readonly maxNameLength?: number;
}

/** A file in an archive: where its bytes lie, and what the archive says of them. */
export interface ZipEntry {
  readonly name: string;
  /** Of Unix; 0 where the archive says none. */
  readonly mode: number;
  readonly headerStart: number;
  readonly start: number;
  readonly packedBytes: number;
  readonly bytes: number;
  readonly isDeflated: boolean;
  readonly crc: number;
}

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

const stored = 0;
const deflated = 8;
/** Of a Unix mode: the kind of file, and that of a plain one. */
const fileKind = 0o170000;
const plainFile = 0o100000;
const folder = 0o040000;

/** Throws a `ZipFault` for an entry that no honest archive has, or that is beyond the bounds. */
export function checkEntry(entry: Entry, fileBytes: number, bounds: ZipBounds): void {
  const { compressedSize, uncompressedSize, compressionMethod, fileName } = entry;
  const name = `the entry "${clean(fileName, 80)}"`;
  const kind = modeOf(entry) & fileKind;
  if (![0, plainFile, folder].includes(kind)) {
    throw new ZipFault('link', `${name} is a link or another thing that is no plain file.`);
  }
  if (entry.isEncrypted()) throw new ZipFault('encrypted', `${name} is encrypted.`);
  if (compressionMethod !== stored && compressionMethod !== deflated) {
    const what = `${name} is packed by method ${compressionMethod}; stored and deflated ones are read.`;
    throw new ZipFault('method', what);
  }
  checkName(fileName, name, bounds);
  const isStored = compressionMethod === stored;
  if (compressedSize > fileBytes || (isStored && compressedSize !== uncompressedSize)) {
    throw new ZipFault('damaged', `the size of ${name} is wrong.`);
  }
  const { maxRatio = Infinity } = bounds;
  if (uncompressedSize > maxRatio * (compressedSize + 100)) {
    const what = `${name} unpacks ${compressedSize} bytes to ${mebibytes(uncompressedSize)} MiB;`;
    throw new ZipFault('ratio', `${what} at most ${maxRatio} times as much is unpacked.`);
  }
}

function checkName(fileName: string, name: string, { maxNameLength = Infinity }: ZipBounds): void {
  if (/\p{Cc}/u.test(fileName)) {
    throw new ZipFault('name', `${name} has control characters in its name.`);
  }
  if (fileName.length > maxNameLength) {
    throw new ZipFault('long-name', `${name} has a name of ${fileName.length} characters.`);
  }
}

/** Throws a `ZipFault` for entries that share bytes: they unpack to far more than the archive holds. */
export function checkApart(entries: readonly ZipEntry[]): void {
  const inOrder = entries.toSorted((one, other) => one.headerStart - other.headerStart);
  inOrder.forEach(({ name, start, packedBytes }, index) => {
    const next = inOrder[index + 1];
    if (next === undefined || start + packedBytes <= next.headerStart) return;
    const both = `${clean(name, 60)} and ${clean(next.name, 60)}`;
    throw new ZipFault('overlap', `the entries ${both} share bytes.`);
  });
}

/**
 * Where an entry's bytes lie; the lengths of the name and of the extra field may differ from those in the
 * directory. Throws a `ZipFault` where it is damaged.
 */
export async function placeOf(zip: ZipFile, entry: Entry): Promise<ZipEntry> {
  const { fileName: name } = entry;
  const header = await zip.readLocalFileHeaderPromise(entry).catch((cause: unknown) => {
    const words = clean(wordsOf(cause));
    throw new ZipFault('damaged', `the entry ${clean(name, 80)} is damaged (${words}).`, cause);
  });
  if (!header.fileName.equals(entry.fileNameRaw)) {
    const what = `the entry ${clean(name, 80)} has another name in its own header.`;
    throw new ZipFault('damaged', what);
  }
  return {
    name,
    mode: modeOf(entry),
    headerStart: entry.relativeOffsetOfLocalHeader,
    start: header.fileDataStart,
    packedBytes: entry.compressedSize,
    bytes: entry.uncompressedSize,
    isDeflated: entry.compressionMethod === deflated,
    crc: entry.crc32,
  };
}

function modeOf(entry: Entry): number {
  return entry.externalFileAttributes >>> 16;
}
