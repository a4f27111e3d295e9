import { type FileHandle, open } from 'node:fs/promises';
import { promisify } from 'node:util';
import { crc32, inflateRaw } from 'node:zlib';
import { type Entry, openPromise } from 'yauzl';

export interface ZipBounds {
  /** Entries whose name it refuses are skipped, unread. */
  readonly accept: (name: string) => boolean;
  readonly maxEntries: number;
  /** Bound on the sum of the accepted entries, each packed or unpacked, whichever is more. */
  readonly maxBytes: number;
}

/** Where an entry lies in its archive: all that is kept of it until it is read. */
export interface ZipEntry {
  readonly name: string;
  readonly isDeflated: boolean;
  readonly headerStart: number;
  readonly compressedBytes: number;
  readonly bytes: number;
  readonly crc: number;
}

/**
 * A zip archive's accepted entries, sorted by name; of entries with the same name the last one.
 * Throws an `Error` when the archive is damaged, encrypted or larger than the bounds.
 */
export async function listZip(path: string, bounds: ZipBounds): Promise<ZipEntry[]> {
  const zip = await openPromise(path, { lazyEntries: true, autoClose: false });
  try {
    if (zip.entryCount > bounds.maxEntries) {
      throw new Error(`zip: ${zip.entryCount} entries, at most ${bounds.maxEntries} are read`);
    }
    const found = new Map<string, ZipEntry>();
    let total = 0;
    for await (const entry of zip.eachEntry()) {
      const name = entry.fileName;
      if (name.endsWith('/') || !bounds.accept(name)) continue;
      total += Math.max(entry.uncompressedSize, entry.compressedSize);
      if (total > bounds.maxBytes) {
        throw new Error(`zip: more than ${bounds.maxBytes} bytes unpacked, at ${name}`);
      }
      found.set(name, placeOf(entry));
    }
    return [...found.values()].sort((one, other) => (one.name < other.name ? -1 : 1));
  } finally {
    zip.close();
  }
}

export interface ZipMember {
  readonly name: string;
  readonly content: Uint8Array;
}

/**
 * Reads entries of a zip archive in the given order; only a few are in memory at a time.
 * Throws an `Error` when one is damaged.
 */
export async function* readZip(
  path: string,
  entries: Iterable<ZipEntry>,
): AsyncGenerator<ZipMember> {
  const archive = await open(path, 'r');
  const reading: Promise<ZipMember>[] = [];
  try {
    for (const entry of entries) {
      const next = readMember(archive, entry);
      // A failure is thrown when its turn comes.
      next.catch(() => undefined);
      reading.push(next);
      const first = reading.length > entriesAhead ? reading.shift() : undefined;
      if (first) yield await first;
    }
    for (const rest of reading) yield await rest;
  } finally {
    await Promise.allSettled(reading);
    await archive.close();
  }
}

/** How many entries are read while one is in use. */
const entriesAhead = 4;
const deflated = 8;

function placeOf(entry: Entry): ZipEntry {
  const { fileName: name, compressionMethod } = entry;
  if (entry.isEncrypted() || !entry.canDecodeFileData()) {
    throw new Error(`zip: ${name} is encrypted or packed by method ${compressionMethod}`);
  }
  return {
    name,
    isDeflated: compressionMethod === deflated,
    headerStart: entry.relativeOffsetOfLocalHeader,
    compressedBytes: entry.compressedSize,
    bytes: entry.uncompressedSize,
    crc: entry.crc32,
  };
}

const inflate = promisify<Uint8Array, { readonly maxOutputLength: number }, Buffer>(inflateRaw);

async function readMember(archive: FileHandle, entry: ZipEntry): Promise<ZipMember> {
  const { name, headerStart, compressedBytes, bytes } = entry;
  // The lengths of the name and of the extra field may differ from those in the directory.
  const header = await readExactly(archive, { name, start: headerStart, length: 30 });
  const start = headerStart + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  const packed = await readExactly(archive, { name, start, length: compressedBytes });
  const content = entry.isDeflated ? await unpack(packed, entry) : packed;
  if (content.length !== bytes || crc32(content) !== entry.crc) {
    throw new Error(`zip: ${name} is damaged: its size or checksum is not the stated one`);
  }
  return { name, content };
}

interface Part {
  readonly name: string;
  readonly start: number;
  readonly length: number;
}

async function readExactly(archive: FileHandle, { name, start, length }: Part): Promise<Buffer> {
  const { bytesRead, buffer } = await archive.read(Buffer.alloc(length), 0, length, start);
  if (bytesRead === length) return buffer;
  throw new Error(`zip: the archive ends within ${name}`);
}

async function unpack(packed: Uint8Array, { name, bytes }: ZipEntry): Promise<Buffer> {
  try {
    return await inflate(packed, { maxOutputLength: Math.max(bytes, 1) });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`zip: ${name} cannot be unpacked: ${reason}`, { cause });
  }
}
