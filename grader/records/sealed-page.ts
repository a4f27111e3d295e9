import type { KeyObject } from 'node:crypto';
import type { Discrepancy, Signature } from '../contract/record.ts';
import { digestOf } from '../files/digest.ts';
import { canonicalJson } from './canonical-json.ts';
import { fingerprint } from './keys.ts';
import { isSignedBy, sign } from './sign.ts';

/** What stands at the end of a page: its hash, signed. */
interface Seal extends Signature {
  readonly format: 'grader-seal';
  readonly version: 1;
  /** Of all before the seal. */
  readonly sha256: string;
}

const opened = '<!--grader-seal ';
const closed = '-->\n';

/** A page of HTML with a seal at its end, by which every change of any of its bytes shows. */
export function sealPage(html: string, privateKey: KeyObject): string {
  const content = { format: 'grader-seal', version: 1, sha256: digestOf(html) };
  return `${html}${opened}${canonicalJson(sign(content, privateKey))}${closed}`;
}

/** What does not fit in a sealed page. Empty where it is as it was sealed. */
export function verifySeal(page: string, publicKey: KeyObject): readonly Discrepancy[] {
  const at = page.lastIndexOf(opened);
  const seal = at < 0 ? null : readSeal(page.slice(at + opened.length));
  if (seal === null)
    return changed('it does not end with a seal, so it was cut, or is not the grader’s');
  const key = fingerprint(publicKey);
  if (seal.key !== key) {
    const message = `The page is sealed by another key: expected ${key}, came ${seal.key}.`;
    return [{ code: 'other-key', sequence: null, message }];
  }
  if (!isSignedBy(seal, publicKey)) return changed('its seal was changed');
  const came = digestOf(page.slice(0, at));
  if (came === seal.sha256) return [];
  return changed(`it was sealed with the hash ${seal.sha256} and has ${came}`);
}

function readSeal(end: string): Seal | null {
  if (!end.endsWith(closed)) return null;
  const text = end.slice(0, -closed.length);
  try {
    const value = JSON.parse(text) as Partial<Seal> | null;
    const { format, version, sha256, key, signature } = value ?? {};
    const isSeal =
      format === 'grader-seal' &&
      version === 1 &&
      [sha256, key, signature].every((each) => typeof each === 'string') &&
      canonicalJson(value) === text;
    return isSeal ? (value as Seal) : null;
  } catch {
    return null;
  }
}

function changed(why: string): readonly Discrepancy[] {
  const message = `The page is not as it was sealed: ${why}.`;
  return [{ code: 'page-changed', sequence: null, message }];
}

const element = "<script type='application/json' id='grader-records'>";

/** The text of a `records.jsonl` as an element that no browser shows or runs. */
export function embedRecords(text: string): string {
  return `${element}${JSON.stringify(text).replaceAll('<', '\\u003c')}</script>`;
}

/** The text that is embedded in a page; null where there is none, or more than one. */
export function embeddedRecords(page: string): string | null {
  const [, after, more] = page.split(element);
  if (after === undefined || more !== undefined) return null;
  try {
    const text: unknown = JSON.parse(after.slice(0, after.indexOf('</script>')));
    return typeof text === 'string' ? text : null;
  } catch {
    return null;
  }
}
