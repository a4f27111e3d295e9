import { stringify } from 'csv-stringify/sync';

/** Numbers stay numbers; null is an empty cell. */
export type Cell = string | number | null;

interface CsvOptions {
  readonly delimiter?: ',' | ';' | '\t';
  /** Spreadsheets read 한글 by it. */
  readonly bom?: boolean;
}

/** A table as RFC 4180 has it: lines end with CR LF, and every text stands in quotes. */
export function csvText(
  head: readonly string[],
  lines: Iterable<readonly Cell[]>,
  options: CsvOptions = {},
): string {
  return stringify(inertLines(head, lines), {
    ...options,
    quoted_string: true,
    record_delimiter: 'windows',
    cast: { number: numberText },
  });
}

function inertLines(head: readonly string[], lines: Iterable<readonly Cell[]>): Cell[][] {
  return [head, ...lines].map((line) =>
    line.map((cell) => (typeof cell === 'string' ? inert(cell) : cell)),
  );
}

/**
 * A spreadsheet would run a text that begins like a formula; an apostrophe before it makes it a text there
 * (https://owasp.org/www-community/attacks/CSV_Injection).
 */
const likeFormula = /^[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠]|^[\t\r\n]/u;

/** What a spreadsheet takes for a number, and the dash that platforms write where there is none. */
const plain = /^[-+]?(\d+([.,]\d+)?)?$/;

function inert(text: string): string {
  return likeFormula.test(text) && !plain.test(text) ? `'${text}` : text;
}

/** Of a number in single precision no more digits than tell it from the others: 46.6, not 46.599998474121094. */
function numberText(value: number): { readonly value: string; readonly quoted: false } {
  return { value: digitsOf(value), quoted: false };
}

function digitsOf(value: number): string {
  if (!Number.isFinite(value)) return '';
  if (Math.fround(value) !== value) return String(value);
  const digits = [1, 2, 3, 4, 5, 6, 7, 8].find(
    (each) => Math.fround(Number(value.toPrecision(each))) === value,
  );
  return digits === undefined ? String(value) : String(Number(value.toPrecision(digits)));
}
