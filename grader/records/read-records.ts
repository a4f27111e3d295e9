import { Ajv, type ValidateFunction } from 'ajv';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Discrepancy, SignedRecord } from '../contract/record.ts';
import { packageRoot } from '../package-root.ts';
import { clean } from '../text/show.ts';
import { canonicalJson } from './canonical-json.ts';

interface ReadRecords {
  readonly records: readonly SignedRecord[];
  readonly discrepancies: readonly Discrepancy[];
}

/** Of one record, in characters. */
const longest = 8 * 2 ** 20;

/**
 * Reads the text of a `records.jsonl`. A line that is no record in canonical form is left out and told; whether
 * those that are there are genuine is `verifyRecords`'s to say. Never throws.
 */
export function readRecords(text: string): ReadRecords {
  const lines = text.split('\n');
  const end = lines.pop();
  const records: SignedRecord[] = [];
  const discrepancies: Discrepancy[] = [];
  lines.forEach((line, at) => {
    const read = readRecord(line);
    if ('record' in read) records.push(read.record);
    else discrepancies.push(unreadable(at + 1, read));
  });
  if (end !== '') discrepancies.push(cutShort(lines.length + 1));
  if (text === '') discrepancies.push(empty);
  return { records, discrepancies };
}

type Broken = Pick<Discrepancy, 'code' | 'message'>;

function readRecord(line: string): { readonly record: SignedRecord } | Broken {
  if (line.length > longest) return broken('it is longer than any record');
  let value: unknown;
  try {
    value = JSON.parse(line);
    // Also what JSON.parse passes over: a name that stands twice, other spellings of the same.
    if (canonicalJson(value) !== line) return notCanonical;
  } catch (error) {
    return broken(clean(error instanceof Error ? error.message : String(error), 120));
  }
  validate ??= compile();
  return validate(value) ? { record: value } : broken(ruleBroken(validate));
}

const notCanonical: Broken = {
  code: 'not-canonical',
  message: 'it is not in canonical form (RFC 8785), so it was edited or written by another program',
};

const empty: Discrepancy = {
  ...{ code: 'unreadable', sequence: null },
  message: 'There are no records: the file is empty.',
};

function broken(message: string): Broken {
  return { code: 'unreadable', message };
}

function unreadable(line: number, { code, message }: Broken): Discrepancy {
  return { code, sequence: null, message: `Line ${line} is no record: ${message}.` };
}

function cutShort(line: number): Discrepancy {
  const message = `Line ${line} is cut short: it has no end of line.`;
  return { code: 'unreadable', sequence: null, message };
}

let validate: ValidateFunction<SignedRecord> | undefined;

/** The file is made of the types in `grader/contract` by `npm run schema`. */
function compile(): ValidateFunction<SignedRecord> {
  const path = join(packageRoot, 'grader', 'records', 'signed-record.schema.json');
  const schema = JSON.parse(readFileSync(path, 'utf8')) as object;
  return new Ajv({ allowUnionTypes: true, discriminator: true }).compile<SignedRecord>(schema);
}

function ruleBroken({ errors }: ValidateFunction): string {
  const [first] = errors ?? [];
  const place = clean(first?.instancePath || '/', 120);
  return `${place} ${first?.message ?? 'does not follow the schema'}`;
}
