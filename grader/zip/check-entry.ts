import type { Entry, ZipFile } from 'yauzl';
import { mebibytes } from '../text/bytes.ts';
import { clean } from '../text/show.ts';
import type { ZipBounds, ZipEntry } from './zip-entry.ts';
import { wordsOf, ZipFault } from './zip-fault.ts';

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
