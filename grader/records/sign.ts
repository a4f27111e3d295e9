import { sign as signBytes, verify as verifyBytes, type KeyObject } from 'node:crypto';
import type { Signature, SignedRecord, UnsignedRecord } from '../contract/record.ts';
import { digestOf } from '../files/digest.ts';
import { canonicalJson } from './canonical-json.ts';
import { fingerprint } from './keys.ts';

/** Signs a record. The key is Ed25519's private one, of `readPrivateKey`. */
export function signRecord(record: UnsignedRecord, privateKey: KeyObject): SignedRecord {
  return sign(record, privateKey);
}

/** Of a record's line in `records.jsonl`, its signature included: the next record's `previous`. */
export function hashOfRecord(record: SignedRecord): string {
  return digestOf(canonicalJson(record));
}

/** Signs plain data: what `canonicalJson` throws where it is none. */
export function sign<Content extends object>(
  content: Content,
  privateKey: KeyObject,
): Content & Signature {
  const signed = { ...content, key: fingerprint(privateKey) };
  const bytes = Buffer.from(canonicalJson(signed));
  return { ...signed, signature: signBytes(null, bytes, privateKey).toString('base64url') };
}

/** Whether a signature is one of this public key over all the rest. */
export function isSignedBy({ signature, ...content }: Signature, publicKey: KeyObject): boolean {
  const bytes = Buffer.from(signature, 'base64url');
  // Other spellings of the same bytes are a change as well.
  if (bytes.toString('base64url') !== signature) return false;
  return verifyBytes(null, Buffer.from(canonicalJson(content)), publicKey, bytes);
}
