import { createHash, generateKeyPairSync, type KeyObject } from 'node:crypto';
import type {
  AttemptRecord,
  ClosingRecord,
  OpeningRecord,
  Signature,
  SignedRecord,
  UnsignedRecord,
} from '../../grader/contract.ts';
import { canonicalJson } from '../../grader/records/canonical-json.ts';
import { hashOfRecord, signRecord } from '../../grader/records/sign.ts';

export function newKeys(): { readonly privateKey: KeyObject; readonly publicKey: KeyObject } {
  return generateKeyPairSync('ed25519');
}

export function sha(text: string | Uint8Array): string {
  return createHash('sha256').update(text).digest('hex');
}

/** A record without its place in a chain. */
export type Draft =
  | Pick<OpeningRecord, 'kind' | 'body'>
  | Pick<AttemptRecord, 'kind' | 'body'>
  | Pick<Extract<SignedRecord, { kind: 'regrade' }>, 'kind' | 'body'>
  | Pick<ClosingRecord, 'kind' | 'body'>;

export const opening = {
  kind: 'opening',
  body: {
    exam: { id: 'mock', title: 'Mock exam', sha256: sha('exam') },
    candidate: { name: 'A. Candidate', identity: { checked: 'self-declared' } },
    problems: [
      {
        ...{ id: 'regression', title: 'Fuel use', weight: 1, secrecy: 'public' },
        package: { version: 1, sha256: sha('regression') },
      },
      {
        ...{ id: 'sunspots', title: 'Sunspots', weight: 2, secrecy: 'public' },
        package: { version: 2, sha256: sha('sunspots') },
      },
    ],
    ...{ passMark: 90, timeLimitSeconds: 18_000, attempts: { allowed: 5, counts: 'best' } },
    ...{ profile: 'strict', grader: '0.1.0' },
  },
} as const satisfies Draft;

export function attempt(number: number, changed: Partial<AttemptRecord['body']> = {}): Draft {
  return {
    kind: 'attempt',
    body: {
      ...{ problem: 'sunspots', package: { version: 2, sha256: sha('sunspots') } },
      ...{ attempt: number, profile: 'strict', countsAsAttempt: true, submission: sha('file') },
      ...{ atTimeOver: false, verdict: 'passed', points: 5, metric: 'mae', value: 0.0383 },
      ...{ standardError: 0.0021, secrecy: 'public', isolation: 'jail', grader: '0.1.0' },
      ...{ folder: `attempts/00${number}-sunspots`, files: { 'report.json': sha('report') } },
      ...changed,
    },
  };
}

/** The closing of these records. */
export function closing(
  records: readonly SignedRecord[],
  changed: Partial<ClosingRecord['body']> = {},
): Draft {
  return {
    kind: 'closing',
    body: {
      ...{ records: records.length, last: hashOfRecord(records.at(-1) as SignedRecord) },
      results: [
        { problem: 'regression', points: 0, attempts: 0, from: null },
        { problem: 'sunspots', points: 5, attempts: records.length - 1, from: 1 },
      ],
      ...{ total: 66.7, passed: false, reason: 'finished', clockJumps: [], files: {} },
      ...changed,
    },
  };
}

/** Signs a draft as the next of these records. */
export function next(
  records: readonly SignedRecord[],
  draft: Draft,
  privateKey: KeyObject,
): SignedRecord {
  const last = records.at(-1);
  const unsigned: UnsignedRecord = {
    ...{ format: 'grader-record', version: 1, sequence: records.length },
    ...{ previous: last ? hashOfRecord(last) : null, at: `2026-12-01T09:0${records.length}:00Z` },
    ...draft,
  };
  return signRecord(unsigned, privateKey);
}

/** An opening, two attempts and a closing. */
export function closedSitting(privateKey: KeyObject): SignedRecord[] {
  const records: SignedRecord[] = [];
  for (const draft of [opening, attempt(1), attempt(2)]) {
    records.push(next(records, draft, privateKey));
  }
  records.push(next(records, closing(records), privateKey));
  return records;
}

/** As a `records.jsonl`. */
export function asText(records: readonly Signature[]): string {
  return records.map((record) => `${canonicalJson(record)}\n`).join('');
}
