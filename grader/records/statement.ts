import type { KeyObject } from 'node:crypto';
import { Ajv } from 'ajv';
import type { Discrepancy, ResultStatement } from '../contract/record.ts';
import { canonicalJson } from './canonical-json.ts';
import { fingerprint } from './keys.ts';
import { isSignedBy } from './sign.ts';

const [text, hash] = [{ type: 'string' }, { type: 'string', pattern: '^[0-9a-f]{64}$' }];

const schema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    ...{ format: { const: 'grader-statement' }, version: { const: 1 } },
    kind: { enum: ['practice-record', 'certificate'] },
    ...{ name: text, exam: text, at: text, total: { type: 'number' }, passed: { type: 'boolean' } },
    ...{ closing: hash, key: hash, signature: { type: 'string', pattern: '^[A-Za-z0-9_-]{86}$' } },
  },
  required: [
    ...['format', 'version', 'kind', 'name', 'exam', 'at', 'total', 'passed', 'closing', 'key'],
    'signature',
  ],
};

const isStatement = new Ajv().compile<ResultStatement>(schema);

/** What a text says that was read from a QR code; null where it is none of ours in canonical form. */
export function readStatement(text: string): ResultStatement | null {
  try {
    const value: unknown = JSON.parse(text);
    return isStatement(value) && canonicalJson(value) === text.trim() ? value : null;
  } catch {
    return null;
  }
}

/** What does not fit in a statement. */
export function verifyStatement(
  statement: ResultStatement,
  publicKey: KeyObject,
): readonly Discrepancy[] {
  const key = fingerprint(publicKey);
  if (statement.key !== key) {
    const message = `It is signed by another key: expected ${key}, came ${statement.key}.`;
    return [{ code: 'other-key', sequence: null, message }];
  }
  if (isSignedBy(statement, publicKey)) return [];
  const message = 'Its signature does not fit, so it was changed after it was signed.';
  return [{ code: 'signature', sequence: null, message }];
}
