import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { clean } from '../../recipe/show.ts';
import { modelFileLimits } from '../limits.ts';
import { mebibytes, type OpenedFile } from './byte-source.ts';
import { reasonOf, type Refusals } from './refusal.ts';

/** Where an entry's bytes lie in the archive. */
export interface ZipPlace {
  readonly name: string;
  readonly start: number;
  readonly packedBytes: number;
  readonly bytes: number;
  readonly isDeflated: boolean;
  readonly crc: number;
}

export interface Archive {
  readonly path: string;
  readonly file: OpenedFile;
}

/**
 * Where the entries of a zip archive lie, by name. Throws a `GraderError` for a damaged archive and
 * for what no model file has: two entries of one name, links, encryption, names that leave the folder.
 */
export async function listArchive(
  { path, file }: Archive,
  refusals: Refusals,
): Promise<ReadonlyMap<string, ZipPlace>> {
  const zip = await openPromise(path, { lazyEntries: true, autoClose: false }).catch(
    (cause: unknown) => {
      throw refusals.damaged(`not a whole zip file (${reasonOf(cause)}).`, cause);
    },
  );
  try {
    if (zip.entryCount > modelFileLimits.zipEntries) {
      throw refusals.limit(
        'zip-entries',
        `${zip.entryCount} entries; at most ${modelFileLimits.zipEntries} are read.`,
      );
    }
    return await listEntries(zip, { path, file }, refusals);
  } finally {
    zip.close();
  }
}

async function listEntries(
  zip: ZipFile,
  archive: Archive,
  refusals: Refusals,
): Promise<ReadonlyMap<string, ZipPlace>> {
  const places = new Map<string, ZipPlace>();
  let total = 0;
  for (const entry of await entriesOf(zip, refusals)) {
    checkEntry(entry, archive, refusals);
    const name = entry.fileName;
    if (places.has(name)) {
      throw refusals.candidate('zip-duplicate', `it has two entries named "${clean(name, 80)}".`);
    }
    total += entry.uncompressedSize;
    if (total > modelFileLimits.fileBytes) {
      throw refusals.limit(
        'zip-too-large',
        `it unpacks to more than ${mebibytes(modelFileLimits.fileBytes)} MiB.`,
      );
    }
    places.set(name, await placeOf(zip, entry, refusals));
  }
  return places;
}

async function entriesOf(zip: ZipFile, refusals: Refusals): Promise<readonly Entry[]> {
  try {
    const entries: Entry[] = [];
    for await (const entry of zip.eachEntry()) entries.push(entry);
    return entries;
  } catch (cause) {
    throw refusals.damaged(`its list of entries is damaged (${reasonOf(cause)}).`, cause);
  }
}

const stored = 0;
const deflated = 8;
const fileKind = 0xf000;
const symbolicLink = 0xa000;

function checkEntry(entry: Entry, { file }: Archive, refusals: Refusals): void {
  const name = `the entry "${clean(entry.fileName, 80)}"`;
  const mode = entry.externalFileAttributes >>> 16;
  if ((mode & fileKind) === symbolicLink) {
    throw refusals.candidate('zip-link', `${name} is a symbolic link.`);
  }
  if (entry.isEncrypted()) throw refusals.candidate('zip-encrypted', `${name} is encrypted.`);
  if (entry.compressionMethod !== stored && entry.compressionMethod !== deflated) {
    throw refusals.candidate(
      'zip-method',
      `${name} is packed by method ${entry.compressionMethod}; Keras stores, and deflate is read.`,
    );
  }
  if (entry.fileName.length > modelFileLimits.nameLength) {
    throw refusals.limit('zip-name', `${name} has a name of ${entry.fileName.length} characters.`);
  }
  if (entry.compressedSize > file.bytes) {
    throw refusals.damaged(`${name} is larger than the archive.`);
  }
  if (entry.uncompressedSize > modelFileLimits.compressionRatio * (entry.compressedSize + 100)) {
    throw refusals.limit(
      'zip-ratio',
      `${name} unpacks ${entry.compressedSize} bytes to ${mebibytes(entry.uncompressedSize)} MiB; ` +
        `at most ${modelFileLimits.compressionRatio} times as much is unpacked.`,
    );
  }
}

async function placeOf(zip: ZipFile, entry: Entry, refusals: Refusals): Promise<ZipPlace> {
  const name = entry.fileName;
  const { fileDataStart: start } = await zip
    .readLocalFileHeaderPromise(entry, { minimal: true })
    .catch((cause: unknown) => {
      throw refusals.damaged(
        `the entry ${clean(name, 80)} is damaged (${reasonOf(cause)}).`,
        cause,
      );
    });
  return {
    name,
    start,
    packedBytes: entry.compressedSize,
    bytes: entry.uncompressedSize,
    isDeflated: entry.compressionMethod === deflated,
    crc: entry.crc32,
  };
}
