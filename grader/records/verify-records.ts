import type { KeyObject } from 'node:crypto';
import type {
  ClosingRecord,
  Discrepancy,
  DiscrepancyCode,
  SignedRecord,
} from '../contract/record.ts';
import { clean } from '../text/show.ts';
import { fingerprint } from './keys.ts';
import { hashOfRecord, isSignedBy } from './sign.ts';

/**
 * What does not fit in the records of a sitting: signatures, the chain of hashes, their order and the closing.
 * Empty where all is as it was signed.
 */
export function verifyRecords(
  records: readonly SignedRecord[],
  publicKey: KeyObject,
): readonly Discrepancy[] {
  const key = fingerprint(publicKey);
  const closed = records.findIndex(({ kind }) => kind === 'closing');
  return [
    ...otherKeys(records, key),
    ...records
      // Those of other keys were told.
      .filter((record) => record.key === key && !isSignedBy(record, publicKey))
      .flatMap((record) => flaw(record, 'signature', changed)),
    ...records.flatMap((record, at) => [
      ...chainFlaws(record, records[at - 1]),
      ...placeFlaws(record, { last: records[at - 1], isClosed: closed >= 0 && closed < at }),
    ]),
    ...endFlaws(records),
  ];
}

/** `record 3 (attempt 2 at sunspots)`. */
export function nameOf(record: SignedRecord): string {
  const { kind, sequence } = record;
  if (kind === 'attempt') {
    return `record ${sequence} (attempt ${record.body.attempt} at ${clean(record.body.problem, 60)})`;
  }
  if (kind === 'regrade') return `record ${sequence} (record ${record.body.attempt} graded again)`;
  return `record ${sequence} (${kind})`;
}

function otherKeys(records: readonly SignedRecord[], expected: string): readonly Discrepancy[] {
  const others = records.filter(({ key }) => key !== expected);
  if (others.length === 0) return [];
  const came = [...new Set(others.map(({ key }) => key))].join(', ');
  const which =
    others.length === records.length ? 'The records are' : `${others.map(nameOf).join(', ')}:`;
  return [
    {
      ...{ code: 'other-key', sequence: others[0]?.sequence ?? null },
      message: `${which} signed by another key: expected ${expected}, came ${came}.`,
    },
  ];
}

const changed = 'its signature does not fit, so it was changed after it was signed';

function chainFlaws(record: SignedRecord, last: SignedRecord | undefined): readonly Discrepancy[] {
  const { sequence, previous } = record;
  const expected = last ? last.sequence + 1 : 0;
  if (sequence > expected) {
    const missing =
      sequence - expected === 1 ? `${expected} is` : `${expected} to ${sequence - 1} are`;
    return flaw(record, 'missing-record', `of the records before it, ${missing} missing`);
  }
  if (sequence < expected) {
    return flaw(record, 'out-of-order', `it stands after record ${expected - 1}`);
  }
  const hash = last ? hashOfRecord(last) : null;
  if (previous !== hash) {
    const made = `it was made after a record with the hash ${previous ?? '(none)'}`;
    return flaw(record, 'chain', `${made}; the one before it has ${hash ?? '(none)'}`);
  }
  return record.kind === 'closing' ? countFlaw(record) : [];
}

function placeFlaws(
  record: SignedRecord,
  { last, isClosed }: { readonly last: SignedRecord | undefined; readonly isClosed: boolean },
): readonly Discrepancy[] {
  const { kind } = record;
  const misplaced = (message: string) => flaw(record, 'misplaced', message);
  if (!last)
    return kind === 'opening' ? [] : misplaced('it stands first, where an opening belongs');
  if (kind === 'opening') return misplaced('a sitting is opened once');
  if (kind === 'attempt' && isClosed) return misplaced('it stands after the closing');
  return kind === 'closing' && last.kind === 'closing'
    ? misplaced('it closes what is closed already')
    : [];
}

function countFlaw(record: ClosingRecord): readonly Discrepancy[] {
  const { records, last } = record.body;
  if (records === record.sequence && last === record.previous) return [];
  const closes = `it closes ${records} records, the last with the hash ${last}`;
  return flaw(
    record,
    'closing',
    `${closes}; here are ${record.sequence}, ${record.previous ?? ''}`,
  );
}

function endFlaws(records: readonly SignedRecord[]): readonly Discrepancy[] {
  const last = records.at(-1);
  if (!last || last.kind === 'closing') return [];
  const message = `Not closed: after ${nameOf(last)} no closing record follows. The sitting goes on, or its end was cut off.`;
  return [{ code: 'not-closed', sequence: null, message }];
}

function flaw(
  record: SignedRecord,
  code: DiscrepancyCode,
  message: string,
): readonly Discrepancy[] {
  const name = nameOf(record);
  const sentence = `${name.charAt(0).toUpperCase()}${name.slice(1)}: ${message}.`;
  return [{ code, sequence: record.sequence, message: sentence }];
}
