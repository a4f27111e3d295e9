import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Discrepancy, DiscrepancyCode, FileHashes, SignedRecord } from '../contract/record.ts';
import { shortened } from '../text/printable.ts';
import { hashFolder } from './hash-folder.ts';
import { nameOf } from './verify-records.ts';

export const recordsFile = 'records.jsonl';
export const certificateFile = 'certificate.html';
const attemptsFolder = 'attempts';
/** What no record speaks of, or is looked at by itself. */
const others = [
  ...[recordsFile, certificateFile, attemptsFolder, 'badge.svg', 'work'],
  ...['sitting.db', 'sitting.db-wal', 'sitting.db-shm'],
];

/** What does not fit in the files of a sitting's folder by its records. Links are not followed. */
export async function verifyFiles(
  folder: string,
  records: readonly SignedRecord[],
): Promise<readonly Discrepancy[]> {
  const opening = records.find((record) => record.kind === 'opening');
  const closing = records.findLast((record) => record.kind === 'closing');
  const expected: FileHashes = {
    ...(opening ? { 'exam.json': opening.body.exam.sha256 } : {}),
    ...closing?.body.files,
  };
  const isOther = (path: string) => others.includes(path) || path.startsWith('.');
  const { files, odd } = await hashFolder(folder, isOther);
  return [
    ...compare(expected, files, odd).map(({ code, path, message }) =>
      found(code, `${shortened(path)}: ${message}.`, closing?.sequence),
    ),
    ...(await verifyAttempts(folder, records)),
  ];
}

/** What does not fit in the result folder of this name in a sitting; null where no record speaks of it. */
export async function verifyResult(
  folder: string,
  name: string,
  records: readonly SignedRecord[],
): Promise<readonly Discrepancy[] | null> {
  const record = records.find(
    (each) => 'folder' in each.body && each.body.folder === `${attemptsFolder}/${name}`,
  );
  return record ? compareFolder(folder, record) : null;
}

async function verifyAttempts(
  folder: string,
  records: readonly SignedRecord[],
): Promise<readonly Discrepancy[]> {
  const path = join(folder, attemptsFolder);
  const entries = await readdir(path, { withFileTypes: true }).catch(() => []);
  const graded = new Map(
    records.flatMap((record) => ('folder' in record.body ? [[record.body.folder, record]] : [])),
  );
  const discrepancies: Discrepancy[] = [];
  const seen = new Set<string>();
  for (const entry of entries) {
    const name = `${attemptsFolder}/${entry.name}`;
    const record = graded.get(name);
    if (!record) {
      discrepancies.push(found('file-added', `${shortened(name)}: no record speaks of it.`));
    } else if (entry.isDirectory()) {
      seen.add(name);
      discrepancies.push(...(await compareFolder(join(path, entry.name), record)));
    }
  }
  for (const [name, record] of graded) {
    if (seen.has(name)) continue;
    const message = `${shortened(name)}, of ${nameOf(record)}: the folder is missing, or is none.`;
    discrepancies.push(found('file-missing', message, record.sequence));
  }
  return discrepancies;
}

async function compareFolder(
  folder: string,
  record: SignedRecord,
): Promise<readonly Discrepancy[]> {
  if (!('folder' in record.body)) return [];
  const { files, odd } = await hashFolder(folder);
  const of = record.body.folder;
  return compare(record.body.files, files, odd).map(({ code, path, message }) =>
    found(
      code,
      `${shortened(`${of}/${path}`)}, of ${nameOf(record)}: ${message}.`,
      record.sequence,
    ),
  );
}

interface Difference {
  readonly code: DiscrepancyCode;
  readonly path: string;
  readonly message: string;
}

function compare(
  expected: FileHashes,
  files: FileHashes,
  odd: ReadonlyMap<string, string>,
): readonly Difference[] {
  const paths = new Set([...Object.keys(expected), ...Object.keys(files), ...odd.keys()]);
  return [...paths].sort().flatMap((path): readonly Difference[] => {
    const want = Object.hasOwn(expected, path) ? expected[path] : undefined;
    const came = files[path];
    const kind = odd.get(path);
    if (kind !== undefined) return [{ code: 'no-file', path, message: `it is ${kind}` }];
    if (came === undefined) return [{ code: 'file-missing', path, message: 'it is missing' }];
    if (want === undefined) {
      return [{ code: 'file-added', path, message: 'it was added: no record speaks of it' }];
    }
    const message = `it was changed: expected ${want}, came ${came}`;
    return want === came ? [] : [{ code: 'file-changed', path, message }];
  });
}

function found(
  code: DiscrepancyCode,
  message: string,
  sequence: number | null = null,
): Discrepancy {
  return { code, sequence, message };
}
