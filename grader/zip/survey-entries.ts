import {
  type Entry,
  getFileNameLowLevel,
  openPromise,
  validateFileName,
  type ZipFile,
} from 'yauzl';
import { fileSize } from '../text/bytes.ts';
import { clean } from '../text/show.ts';
import { checkApart, checkEntry, placeOf } from './check-entry.ts';
import type { ZipBounds, ZipEntry } from './zip-entry.ts';
import { wordsOf, ZipFault } from './zip-fault.ts';

interface SurveyBounds extends Omit<ZipBounds, 'accept'> {
  /** Of one entry, unpacked. */
  readonly maxEntryBytes: number;
}

interface DatedEntry extends ZipEntry {
  /** When it was changed, as the archive has it, in milliseconds since 1970. */
  readonly changedAt: number;
}

interface Survey {
  readonly entries: readonly DatedEntry[];
  readonly refused: readonly { readonly name: string; readonly fault: ZipFault }[];
}

/**
 * The files of an archive that several people's files are in: what is wrong with one spoils no other.
 * Throws a `ZipFault` for what concerns all: damage, too many entries, entries that share bytes.
 */
export async function surveyEntries(path: string, bounds: SurveyBounds): Promise<Survey> {
  const zip = await open(path);
  try {
    if (zip.entryCount > bounds.maxEntries) {
      const many = `it has ${zip.entryCount} entries; at most ${bounds.maxEntries} are read.`;
      throw new ZipFault('too-many', many);
    }
    return await survey(zip, bounds);
  } finally {
    zip.close();
  }
}

async function open(path: string): Promise<ZipFile> {
  const options = { lazyEntries: true, autoClose: false, validateEntrySizes: false };
  return openPromise(path, { ...options, decodeStrings: false }).catch((cause: unknown) => {
    throw new ZipFault('damaged', `it is no whole zip file (${clean(wordsOf(cause))}).`, cause);
  });
}

async function survey(zip: ZipFile, bounds: SurveyBounds): Promise<Survey> {
  const entries: DatedEntry[] = [];
  const refused: { name: string; fault: ZipFault }[] = [];
  let total = 0;
  for (const entry of await directoryOf(zip)) {
    entry.fileName = nameOf(entry);
    if (entry.fileName.endsWith('/')) continue;
    try {
      checkPlace(entry);
      checkEntry(entry, zip.fileSize, bounds);
      checkSize(entry, bounds, total);
      total += entry.uncompressedSize;
      const changedAt = entry.getLastModDate().getTime();
      entries.push({ ...(await placeOf(zip, entry)), changedAt });
    } catch (error) {
      if (!(error instanceof ZipFault)) throw error;
      refused.push({ name: entry.fileName, fault: error });
    }
  }
  checkApart(entries);
  return { entries, refused };
}

async function directoryOf(zip: ZipFile): Promise<readonly Entry[]> {
  try {
    const entries: Entry[] = [];
    for await (const entry of zip.eachEntry()) entries.push(entry);
    return entries;
  } catch (cause) {
    const words = clean(wordsOf(cause));
    throw new ZipFault('damaged', `its list of entries is damaged (${words}).`, cause);
  }
}

const utf8Flag = 0x800;
const unicodePath = 0x7075;

/**
 * Programs write names without saying how: Windows in Korea as CP949, those of other systems as UTF-8,
 * and the format itself has CP437.
 */
function nameOf(entry: Entry): string {
  const { generalPurposeBitFlag: flags, extraFields, fileNameRaw: raw } = entry;
  const isSaid = (flags & utf8Flag) !== 0 || extraFields.some(({ id }) => id === unicodePath);
  const guessed = isSaid ? null : (decoded(raw, 'utf-8') ?? hangul(raw));
  const name = guessed ?? getFileNameLowLevel(flags, raw, extraFields, true);
  return name.replaceAll('\\', '/');
}

function hangul(raw: Uint8Array): string | null {
  const text = decoded(raw, 'euc-kr');
  return text !== null && /\p{Script=Hangul}/u.test(text) ? text : null;
}

function decoded(raw: Uint8Array, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(raw);
  } catch {
    // It is in another encoding.
    return null;
  }
}

function checkPlace({ fileName }: Entry): void {
  const words = validateFileName(fileName);
  if (words !== null) throw new ZipFault('name', 'its name leads out of the archive.');
}

function checkSize(
  { uncompressedSize: bytes }: Entry,
  { maxEntryBytes, maxBytes }: SurveyBounds,
  before: number,
): void {
  if (bytes > maxEntryBytes) {
    const most = `a file has at most ${fileSize(maxEntryBytes)}.`;
    throw new ZipFault('too-large', `it unpacks to ${fileSize(bytes)}; ${most}`);
  }
  if (before + bytes > maxBytes) {
    throw new ZipFault('too-large', `the archive unpacks to more than ${fileSize(maxBytes)}.`);
  }
}
