import { printable } from './printable.ts';

/** Where something stands in a text; both count from 1, columns in characters. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** As many columns of a line are shown at most. */
const widest = 100;
/** Of the line before the place, where it is cut. */
const before = 60;
const segments = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** What a position in UTF-16 units is to a reader. */
export function positionOf(text: string, at: number): Position {
  const lines = text.slice(0, at).split(/\r\n|[\n\r]/);
  return { line: lines.length, column: graphemes(lines.at(-1) ?? '').length + 1 };
}

/**
 * The line at a place with a caret under each column of it, aligned in any font of fixed width:
 *
 *     3 |   units: '1',
 *       |          ^^^
 */
export function excerpt(text: string, [start, end]: readonly [number, number]): string {
  const lineStart =
    Math.max(text.lastIndexOf('\n', start - 1), text.lastIndexOf('\r', start - 1)) + 1;
  const line = /^[^\r\n]*/.exec(text.slice(lineStart))?.[0] ?? '';
  const [from, to] = [start - lineStart, Math.min(end - lineStart, line.length)];
  const [head, marked, tail] = [line.slice(0, from), line.slice(from, to), line.slice(to)].map(
    cells,
  );
  const number = String(text.slice(0, start).split(/\r\n|[\n\r]/).length);
  const lead = shortenedHead(head ?? []);
  const shown = [...lead, ...(marked ?? []), ...(tail ?? [])];
  const cut = upTo(shown, widest);
  const carets = '^'.repeat(Math.max(1, Math.min(widthOf(marked ?? []), widest - widthOf(lead))));
  return [
    `${number} | ${cut.join('').trimEnd()}${cut.length < shown.length ? '…' : ''}`,
    `${' '.repeat(number.length)} | ${' '.repeat(widthOf(lead))}${carets}`,
  ].join('\n');
}

function graphemes(text: string): string[] {
  return Array.from(segments.segment(text), ({ segment }) => segment);
}

/** As it is shown: tabs are two blanks, and what could hide text is its code. */
function cells(text: string): string[] {
  return graphemes(text).map((each) => (each === '\t' ? '  ' : printable(each)));
}

function shortenedHead(head: readonly string[]): readonly string[] {
  if (widthOf(head) <= before) return head;
  const kept: string[] = [];
  for (const each of head.toReversed()) {
    if (widthOf(kept) + widthOf([each]) >= before) break;
    kept.unshift(each);
  }
  return ['…', ...kept];
}

function upTo(shown: readonly string[], width: number): readonly string[] {
  const kept: string[] = [];
  let sum = 0;
  for (const each of shown) {
    sum += widthOf([each]);
    if (sum > width) break;
    kept.push(each);
  }
  return kept;
}

/** East Asian wide and full-width characters, and emoji, take two columns of a terminal. */
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]|\p{Extended_Pictographic}/u;

function widthOf(shown: readonly string[]): number {
  return shown.reduce((sum, each) => sum + (wide.test(each) ? 2 : Array.from(each).length), 0);
}
