/** Numbers stay numbers; null is an empty cell. */
type Cell = string | number | null;

/** A table as RFC 4180 has it: lines end with CR LF, and every text stands in quotes. */
export function csvText(head: readonly string[], lines: Iterable<readonly Cell[]>): string {
  const written = [head.map(cellText).join(',')];
  for (const line of lines) written.push(line.map(cellText).join(','));
  return `${written.join('\r\n')}\r\n`;
}

/**
 * A spreadsheet would run a text that begins like a formula; an apostrophe before it makes it a text there
 * (https://owasp.org/www-community/attacks/CSV_Injection).
 */
const likeFormula = /^[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠]|^[\t\r\n]/u;

function cellText(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return Number.isFinite(cell) ? numberText(cell) : '';
  const inert = likeFormula.test(cell) ? `'${cell}` : cell;
  return `"${inert.replaceAll('"', '""')}"`;
}

/** Of a number in single precision no more digits than tell it from the others: 46.6, not 46.599998474121094. */
function numberText(value: number): string {
  if (Math.fround(value) !== value) return String(value);
  const digits = [1, 2, 3, 4, 5, 6, 7, 8].find(
    (each) => Math.fround(Number(value.toPrecision(each))) === value,
  );
  return digits === undefined ? String(value) : String(Number(value.toPrecision(digits)));
}
