import type { KeyObject } from 'node:crypto';
import { constants } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { Discrepancy, ResultStatement, SignedRecord } from '../contract/record.ts';
import { usageError } from '../errors.ts';
import { readRecords } from './read-records.ts';
import { embeddedRecords, verifySeal } from './sealed-page.ts';
import { readStatement, verifyStatement } from './statement.ts';
import { certificateFile, recordsFile, verifyFiles, verifyResult } from './verify-folder.ts';
import { verifyRecords } from './verify-records.ts';

/** What was looked at, and what did not fit. */
export interface Verification {
  readonly kind: 'sitting' | 'attempt' | 'records' | 'certificate' | 'statement';
  readonly records: readonly SignedRecord[];
  readonly statement: ResultStatement | null;
  /** Empty where all is as it was signed. */
  readonly discrepancies: readonly Discrepancy[];
}

/**
 * Checks a sitting's folder, a result folder in one, a `records.jsonl`, a certificate, or the text of a certificate's QR
 * code by the public key. Throws with fault `usage` where it is none of them.
 */
export async function verifyPath(path: string, publicKey: KeyObject): Promise<Verification> {
  const status = await stat(path).catch(() => null);
  if (status === null) throw usageError('no-such-file', `${path} cannot be found.`);
  if (status.isDirectory()) return verifyFolder(resolve(path), publicKey);
  const text = await textOf(path);
  if (text === null) throw notOurs(path);
  if (text.trimStart().startsWith('<')) return verifyPage(text, publicKey);
  const statement = readStatement(text);
  if (statement) {
    const discrepancies = verifyStatement(statement, publicKey);
    return { kind: 'statement', records: [], statement, discrepancies };
  }
  if (!path.endsWith('.jsonl') && !text.includes('"grader-record"')) throw notOurs(path);
  return verifyText('records', text, publicKey);
}

async function verifyFolder(folder: string, publicKey: KeyObject): Promise<Verification> {
  const text = await textOf(join(folder, recordsFile));
  if (text === null) return verifyAttempt(folder, publicKey);
  const verified = verifyText('sitting', text, publicKey);
  const { records } = verified;
  const page = await textOf(join(folder, certificateFile));
  const discrepancies = [
    ...verified.discrepancies,
    ...(await verifyFiles(folder, records)),
    ...verifyCertificate(page, publicKey, { text, records }),
  ];
  return { ...verified, discrepancies };
}

async function verifyAttempt(folder: string, publicKey: KeyObject): Promise<Verification> {
  const sitting = dirname(dirname(folder));
  const text = await textOf(join(sitting, recordsFile));
  if (text === null) throw notOurs(folder);
  const verified = verifyText('attempt', text, publicKey);
  const own = await verifyResult(folder, basename(folder), verified.records);
  if (own === null) throw notOurs(folder);
  return { ...verified, discrepancies: [...verified.discrepancies, ...own] };
}

function verifyText(kind: Verification['kind'], text: string, publicKey: KeyObject): Verification {
  const { records, discrepancies } = readRecords(text);
  const all = [...discrepancies, ...verifyRecords(records, publicKey)];
  return { kind, records, statement: null, discrepancies: all };
}

function verifyPage(page: string, publicKey: KeyObject): Verification {
  const broken = verifySeal(page, publicKey);
  const text = embeddedRecords(page);
  if (text === null) {
    const discrepancies = [...broken, told('page-changed', 'There are no records in the page.')];
    return { kind: 'certificate', records: [], statement: null, discrepancies };
  }
  const verified = verifyText('certificate', text, publicKey);
  return { ...verified, discrepancies: [...broken, ...verified.discrepancies] };
}

/** In a sitting's folder, where its records were looked at. */
function verifyCertificate(
  page: string | null,
  publicKey: KeyObject,
  { text, records }: { readonly text: string; readonly records: readonly SignedRecord[] },
): readonly Discrepancy[] {
  if (page === null) {
    const isClosed = records.some(({ kind }) => kind === 'closing');
    const message = `${certificateFile}: it is missing or cannot be read, though the sitting is closed.`;
    return isClosed ? [told('file-missing', message)] : [];
  }
  const same = embeddedRecords(page) === text;
  const message = `${certificateFile}: it has other records in it than ${recordsFile}.`;
  return [
    ...verifySeal(page, publicKey).map((each) => ({
      ...each,
      message: `${certificateFile}: ${each.message}`,
    })),
    ...(same ? [] : [told('other-records', message)]),
  ];
}

function told(code: Discrepancy['code'], message: string): Discrepancy {
  return { code, sequence: null, message };
}

/** No certificate and no records of a sitting come near. */
const mostBytes = 128 * 2 ** 20;

/** Null where there is no plain file, or it is too large. Links at the end of a path are not followed. */
async function textOf(path: string): Promise<string | null> {
  const flags = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW;
  const handle = await open(path, flags).catch(() => null);
  if (handle === null) return null;
  try {
    const status = await handle.stat();
    return status.isFile() && status.size <= mostBytes ? await handle.readFile('utf8') : null;
  } finally {
    await handle.close();
  }
}

function notOurs(path: string): Error {
  return usageError(
    'not-signed',
    `${path} is no sitting's folder with its ${recordsFile}, no result in one, no certificate and no signed text.`,
    'Name the folder of the sitting, its records.jsonl, its certificate.html, or a file with the text of a QR code.',
  );
}
