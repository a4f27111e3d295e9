import { expect, test } from '@jest/globals';

import type { RegradeBody, SignedRecord } from '../../grader/contract.ts';
import { fingerprint } from '../../grader/records/keys.ts';
import { readRecords } from '../../grader/records/read-records.ts';
import { hashOfRecord } from '../../grader/records/sign.ts';
import { verifyRecords } from '../../grader/records/verify-records.ts';
import { asText, attempt, closedSitting, closing, newKeys, next, opening, sha } from './sitting.ts';

const { privateKey, publicKey } = newKeys();
const whole = closedSitting(privateKey);
const [first, second, third, last] = whole as [
  SignedRecord,
  SignedRecord,
  SignedRecord,
  SignedRecord,
];

test('what was signed fits, from its text as well', () => {
  expect(verifyRecords(whole, publicKey)).toEqual([]);
  expect(readRecords(asText(whole))).toEqual({ records: whole, discrepancies: [] });
});

test('an attempt graded again, and closed again, fits', () => {
  const regrade: RegradeBody = {
    ...{ attempt: 1, before: { version: 2, sha256: sha('sunspots') } },
    ...{ after: { version: 3, sha256: sha('sunspots 3') }, verdict: 'below-pass-mark', points: 2 },
    ...{ metric: 'mae', value: 0.09, standardError: 0.002, secrecy: 'public', isolation: 'jail' },
    ...{ grader: '0.1.0', folder: 'attempts/001-sunspots-regraded', files: {} },
  };
  const records = [...whole];
  records.push(next(records, { kind: 'regrade', body: regrade }, privateKey));
  records.push(next(records, closing(records, { reason: 'regraded' }), privateKey));
  expect(readRecords(asText(records)).discrepancies).toEqual([]);
  expect(verifyRecords(records, publicKey)).toEqual([]);
});

/** What somebody did to the records, and what is said of it. */
test.each<[string, readonly SignedRecord[], readonly [string, string][]]>([
  [
    'points that were changed',
    [first, second, withPoints(third, 3), last],
    [
      ['signature', 'Record 2 (attempt 2 at sunspots): its signature does not fit'],
      ['chain', 'Record 3 (closing): it was made after a record with the hash'],
    ],
  ],
  [
    'an attempt that was deleted',
    [first, third, last],
    [
      [
        'missing-record',
        'Record 2 (attempt 2 at sunspots): of the records before it, 1 is missing',
      ],
    ],
  ],
  [
    'two attempts that were deleted',
    [first, last],
    [['missing-record', 'Record 3 (closing): of the records before it, 1 to 2 are missing']],
  ],
  [
    'an attempt that was deleted, and all later ones made to fit without the key',
    rehashed([first, third, last]),
    [
      ['signature', 'Record 1 (attempt 2 at sunspots): its signature'],
      ['signature', 'Record 2 (closing): its signature'],
    ],
  ],
  [
    'an end that was cut off',
    [first, second],
    [['not-closed', 'Not closed: after record 1 (attempt 1 at sunspots) no closing record']],
  ],
  [
    'no opening',
    [second, third, last],
    [
      ['missing-record', '0 is missing'],
      ['misplaced', 'Record 1'],
    ],
  ],
  [
    'attempts that changed places',
    [first, third, second, last],
    [
      ['missing-record', 'Record 2'],
      ['out-of-order', 'Record 1 (attempt 1 at sunspots): it stands after record 2'],
      ['missing-record', 'Record 3 (closing)'],
    ],
  ],
  [
    'an attempt that stands twice',
    [first, second, second, third, last],
    [['out-of-order', 'Record 1']],
  ],
  [
    'a second closing',
    appended([first, second, third, last], (records) => closing(records)),
    [['misplaced', 'Record 4 (closing): it closes what is closed already']],
  ],
  [
    'an attempt after the closing',
    appended([first, second, third, last], () => attempt(3)),
    [
      ['misplaced', 'Record 4 (attempt 3 at sunspots): it stands after the closing'],
      ['not-closed', 'Not closed'],
    ],
  ],
  [
    'a second opening',
    appended([first, second], () => opening),
    [
      ['misplaced', 'Record 2 (opening): a sitting is opened once'],
      ['not-closed', 'Not closed'],
    ],
  ],
  [
    'a closing of fewer records',
    appended([first, second, third], (records) => closing(records, { records: 2 })),
    [['closing', 'Record 3 (closing): it closes 2 records, the last with the hash']],
  ],
  [
    'a closing of another record',
    appended([first, second, third], (records) => closing(records, { last: sha('other') })),
    [['closing', sha('other')]],
  ],
])('%s', (_, records, said) => {
  const found = verifyRecords(records, publicKey);
  expect(found.map(({ code }) => code)).toEqual(said.map(([code]) => code));
  said.forEach(([, words], at) => expect(found[at]?.message).toContain(words));
});

test("records of somebody else's key are told once, with both keys", () => {
  const other = newKeys();
  const found = verifyRecords(closedSitting(other.privateKey), publicKey);
  expect(found.map(({ code }) => code)).toEqual(['other-key']);
  expect(found[0]?.message).toContain(
    `expected ${fingerprint(publicKey)}, came ${fingerprint(other.publicKey)}`,
  );
});

test('one record of another key among ours is told by its name', () => {
  const forged = next([first, second], attempt(2), newKeys().privateKey);
  const found = verifyRecords([first, second, forged], publicKey);
  expect(found.map(({ code }) => code)).toEqual(['other-key', 'not-closed']);
  expect(found[0]?.message).toMatch(/^record 2 \(attempt 2 at sunspots\): signed by another key/i);
});

test('a key that is only claimed does not pass', () => {
  const forged = {
    ...next([first], attempt(1), newKeys().privateKey),
    key: fingerprint(publicKey),
  };
  expect(verifyRecords([first, forged], publicKey)[0]?.code).toBe('signature');
});

const line = asText([second]).trimEnd();

test.each<[string, string, string]>([
  ['nothing', '', 'the file is empty'],
  ['no JSON', 'hello\n', 'Line 1 is no record'],
  ['an empty line', `${line}\n\n`, 'Line 2 is no record'],
  ['a last line that is cut', line.slice(0, 400), 'Line 1 is cut short'],
  ['a last line without its end', line, 'Line 1 is cut short'],
  ['another order of names', `${JSON.stringify(reversed(second))}\n`, 'not in canonical form'],
  ['blanks', `${line.replace(',', ', ')}\n`, 'not in canonical form'],
  ['a name that stands twice', `${line.replace('{', '{"at":"x",')}\n`, 'not in canonical form'],
  ['half a surrogate pair', `${line.replace('sunspots', '\\ud800')}\n`, 'half a surrogate pair'],
  ['a number too large for one', `${line.replace('0.0383', '1e999')}\n`, 'no finite number'],
  ['NaN', `${line.replace('0.0383', 'NaN')}\n`, 'Line 1 is no record'],
  ['lists in lists', `${'['.repeat(100_000)}${']'.repeat(100_000)}\n`, 'Line 1 is no record'],
  ['more than any record has', `"${'x'.repeat(9 * 2 ** 20)}"\n`, 'longer than any record'],
  ['a list', '[]\n', '/ must be object'],
  ['null', 'null\n', '/ must be object'],
  ['an unknown kind', `${line.replace('"attempt","previous', '"gift","previous')}\n`, '/kind'],
  ['a newer version', `${line.replace('"version":1}', '"version":2}')}\n`, '/version'],
  ['six points', `${line.replace('"points":5', '"points":6')}\n`, '/body/points must be <= 5'],
  ['a text for a number', `${line.replace('"points":5', '"points":"5"')}\n`, '/body/points'],
  ['a field nobody knows', `${line.replace('{', '{"a":1,')}\n`, 'additional properties'],
  ['a negative sequence', `${line.replace('"sequence":1', '"sequence":-1')}\n`, '/sequence'],
  ['a file without a hash', `${line.replace(sha('report'), 'abc')}\n`, '/body/files'],
  ['code for the terminal', '{"\\u001b[2J":1}\n', 'Line 1 is no record'],
])('a file of records with %s is told', (_, text, said) => {
  const { records, discrepancies } = readRecords(text);
  expect(records.length).toBeLessThan(2);
  expect(discrepancies).toHaveLength(1);
  expect(discrepancies[0]?.message).toContain(said);
  expect(discrepancies[0]?.message).not.toMatch(/\p{Cc}/u);
});

test('what stands beside a broken line is read', () => {
  const { records } = readRecords(`${asText([first])}broken\n${asText([second])}`);
  expect(records).toEqual([first, second]);
});

function appended(
  records: readonly SignedRecord[],
  draft: (records: readonly SignedRecord[]) => Parameters<typeof next>[1],
): readonly SignedRecord[] {
  return [...records, next(records, draft(records), privateKey)];
}

function withPoints(record: SignedRecord, points: number): SignedRecord {
  return { ...record, body: { ...record.body, points } } as SignedRecord;
}

/** As somebody would who has read the source and has no key. */
function rehashed(records: readonly SignedRecord[]): readonly SignedRecord[] {
  const made: SignedRecord[] = [];
  for (const record of records) {
    const before = made.at(-1);
    const previous = before ? hashOfRecord(before) : null;
    const moved = { ...record, sequence: made.length, previous };
    const last = { records: made.length, last: previous };
    const isMoved = record.sequence !== made.length;
    const body = record.kind === 'closing' ? { ...record.body, ...last } : record.body;
    made.push(isMoved ? ({ ...moved, body } as SignedRecord) : record);
  }
  return made;
}

function reversed(record: SignedRecord): object {
  return Object.fromEntries(Object.entries(record).reverse());
}
