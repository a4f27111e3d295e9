import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { clean } from '../../recipe/show.ts';
import { modelFileLimits } from '../limits.ts';
import { mebibytes, type OpenedFile } from './byte-source.ts';
import { reasonOf, type Refusals } from './refusal.ts';

/** Where an entry's bytes lie in the archive. */
export interface ZipPlace {
  readonly name: string;
  readonly headerStart: number;
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
  const zip = await openPromise(path, {
    lazyEntries: true,
    autoClose: false,
    // Checked here, so that an encrypted entry is called that.
    validateEntrySizes: false,
  }).catch((cause: unknown) => {
    throw refusals.damaged(`not a whole zip file (${reasonOf(cause)}).`, cause);
  });
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
  checkApart([...places.values()], refusals);
  return places;
}

/** Entries that share bytes unpack to far more than the archive holds. */
function checkApart(places: readonly ZipPlace[], refusals: Refusals): void {
  const inOrder = places.toSorted((one, other) => one.headerStart - other.headerStart);
  inOrder.forEach(({ name, start, packedBytes }, index) => {
    const next = inOrder[index + 1];
    if (next === undefined || start + packedBytes <= next.headerStart) return;
    throw refusals.candidate(
      'zip-overlap',
      `the entries ${clean(name, 60)} and ${clean(next.name, 60)} share bytes.`,
    );
  });
}

async function entriesOf(zip: ZipFile, refusals: Refusals): Promise<readonly Entry[]> {
  try {
    const entries: Entry[] = [];
    for await (const entry of zip.eachEntry()) entries.push(entry);
    return entries;
  } catch (cause) {
    const reason = reasonOf(cause);
    if (/^(absolute path|invalid relative path|invalid characters)/.test(reason)) {
      throw refusals.candidate('zip-name', `an entry's name leaves the archive (${reason}).`);
    }
    throw refusals.damaged(`its list of entries is damaged (${reason}).`, cause);
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
  // eslint-disable-next-line no-control-regex
  if (/[\u0000-\u001f\u007f]/.test(entry.fileName)) {
    throw refusals.candidate('zip-name', `${name} has control characters in its name.`);
  }
  if (entry.fileName.length > modelFileLimits.nameLength) {
    throw refusals.limit('zip-name', `${name} has a name of ${entry.fileName.length} characters.`);
  }
  const isTooLarge = entry.compressedSize > file.bytes;
  const isStored = entry.compressionMethod === stored;
  if (isTooLarge || (isStored && entry.compressedSize !== entry.uncompressedSize)) {
    throw refusals.damaged(`the size of ${name} is wrong.`);
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
  const header = await zip.readLocalFileHeaderPromise(entry).catch((cause: unknown) => {
    throw refusals.damaged(`the entry ${clean(name, 80)} is damaged (${reasonOf(cause)}).`, cause);
  });
  if (!header.fileName.equals(entry.fileNameRaw)) {
    throw refusals.damaged(`the entry ${clean(name, 80)} has another name in its own header.`);
  }
  return {
    name,
    headerStart: entry.relativeOffsetOfLocalHeader,
    start: header.fileDataStart,
    packedBytes: entry.compressedSize,
    bytes: entry.uncompressedSize,
    isDeflated: entry.compressionMethod === deflated,
    crc: entry.crc32,
  };
}
