import { parse, CsvError } from 'csv-parse/sync';
import { readFileSync } from 'node:fs';
import type { Candidate, Roster, RosterRow } from '../contract/hand-in.ts';
import { usageError, type GraderError } from '../errors.ts';
import { clean } from '../text/show.ts';
import { columnsIn, type RosterField } from './roster-columns.ts';

/** Of a class; a file with more is another one, named by mistake. */
const mostBytes = 16 * 2 ** 20;

/**
 * Reads a list of candidates: Canvas's gradebook, Moodle's grading worksheet or list of participants, or any
 * other with a column of names, ids or addresses. Throws with fault `usage`, with the line, where it is none.
 */
export function readRoster(path: string): Roster {
  const text = textOf(path);
  const firstLine = /^sep=(.)\r?\n/i.exec(text);
  const body = firstLine ? text.slice(firstLine[0].length) : text;
  const delimiter = delimiterOf(firstLine?.[1] ?? null, body);
  const [header, ...lines] = linesOf(body, { path, delimiter, skipped: firstLine ? 1 : 0 });
  if (header === undefined || lines.length === 0) throw bad(path, 'it has no rows.');
  const kind = kindOf(header, lines);
  const columns = columnsOfKind(kind, header);
  if (['name', 'last', 'email', 'login', 'idNumber'].every((field) => !(field in columns))) {
    const seen = header.map((title) => clean(title, 40)).join(', ');
    throw bad(path, `no column has the title of names, such as "Full name". Its titles: ${seen}.`);
  }
  const rows = lines.map((cells, index): RosterRow => ({
    cells,
    candidate: candidateOf(cells, { kind, columns, index }),
  }));
  checkUnique(path, rows);
  return { kind, header, rows, delimiter };
}

function textOf(path: string): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (cause) {
    throw bad(path, `it cannot be read (${(cause as NodeJS.ErrnoException).code ?? 'error'}).`);
  }
  if (bytes.length > mostBytes) throw bad(path, 'it is too large for a list of candidates.');
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) {
    throw bad(path, 'it is a spreadsheet or an archive: save it as CSV (UTF-8).');
  }
  for (const encoding of ['utf-8', 'euc-kr']) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      // Excel in Korea writes CP949.
    }
  }
  throw bad(path, 'it is not UTF-8: save it as CSV (UTF-8).');
}

function delimiterOf(said: string | null, text: string): Roster['delimiter'] {
  const head = (/[^\r\n]+/.exec(text)?.[0] ?? '').replace(/"[^"]*"/g, '');
  const all = [',', ';', '\t'] as const;
  const counts = all.map((each) => head.split(each).length);
  const most = all[counts.indexOf(Math.max(...counts))] ?? ',';
  return all.find((each) => each === said) ?? most;
}

interface Reading {
  readonly path: string;
  readonly delimiter: string;
  /** Lines before the text. */
  readonly skipped: number;
}

function linesOf(text: string, { path, delimiter, skipped }: Reading): (readonly string[])[] {
  const read: { readonly record: readonly string[]; readonly line: number }[] = [];
  try {
    parse(text, {
      ...{ delimiter, relax_column_count: true, skip_empty_lines: true },
      on_record: (record: string[], { lines }) => {
        read.push({ record, line: lines + skipped });
        return null;
      },
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw bad(path, `${clean(error.message, 200).replace(/\.$/, '')}.`);
  }
  const width = read[0]?.record.length ?? 0;
  const wide = read.find(({ record }) => record.slice(width).some((cell) => cell.trim() !== ''));
  if (wide) {
    const cells = `${wide.record.length} cells; the header has ${width}.`;
    throw bad(path, `line ${wide.line} has ${cells}`);
  }
  return read.map(({ record }) => record);
}

function kindOf(header: readonly string[], lines: readonly (readonly string[])[]): Roster['kind'] {
  const has = (...titles: string[]) =>
    titles.every((title) => header.some((each) => each.trim() === title));
  if (has('ID', 'Section') && (has('Student') || has('LastName', 'FirstName'))) return 'canvas';
  // "Participant 12" in the language of the site.
  const ids = lines.map(([first = '']) => participant.exec(first.trim()));
  const words = new Set(ids.map((found) => found?.groups?.['word']));
  return ids.every((found) => found !== null) && words.size === 1 ? 'moodle' : 'list';
}

const participant = /^(?<word>[\p{L}\p{M}]{2,})\s?(?<id>\d+)$/u;

type Columns = Partial<Record<RosterField, number>>;

function columnsOfKind(kind: Roster['kind'], header: readonly string[]): Columns {
  const found = columnsIn(header);
  if (kind === 'moodle') return { ...found, platformId: 0 };
  if (kind === 'canvas')
    return { ...found, platformId: header.findIndex((title) => title.trim() === 'ID') };
  const { name, first, last, email, idNumber, login } = found;
  return Object.fromEntries(
    Object.entries({ name, first, last, email, idNumber, login }).filter(
      ([, at]) => at !== undefined,
    ),
  );
}

interface RowOf {
  readonly kind: Roster['kind'];
  readonly columns: Columns;
  readonly index: number;
}

function candidateOf(cells: readonly string[], { kind, columns, index }: RowOf): Candidate | null {
  const cell = (field: RosterField) => {
    const at = columns[field];
    const text = at === undefined ? '' : (cells[at] ?? '').normalize('NFC').trim();
    return text === '' ? null : text;
  };
  const parts = [cell('first'), cell('last')].filter((part) => part !== null);
  const name = cell('name') ?? (parts.length > 0 ? parts.join(' ') : null);
  const [email, idNumber, login] = [cell('email'), cell('idNumber'), cell('login')];
  const id = cell('platformId');
  const platformId = kind === 'moodle' ? (/\d+$/.exec(id ?? '')?.[0] ?? null) : id;
  const shown = name ?? login ?? email ?? idNumber ?? (kind === 'moodle' ? id : null);
  if (shown === null || (kind === 'canvas' && (id === null || isNobody(shown)))) return null;
  const key = platformId === null ? `row-${index + 1}` : `${kind}-${platformId}`;
  return { key, name: shown, platformId, email, idNumber, login };
}

/** Canvas's row of possible points, and the one that a teacher tries things out as. */
function isNobody(name: string): boolean {
  return /^(?:points possible|test student|student, test)$/i.test(name);
}

function checkUnique(path: string, rows: readonly RosterRow[]): void {
  const candidates = rows.flatMap(({ candidate }) => candidate ?? []);
  if (candidates.length === 0) throw bad(path, 'no row of it is a candidate.');
  const seen = new Set<string>();
  for (const { key, name } of candidates) {
    if (seen.has(key)) throw bad(path, `two rows have the id of ${clean(name, 80)}.`);
    seen.add(key);
  }
}

function bad(path: string, why: string): GraderError {
  return usageError('roster', `The roster ${path} cannot be used: ${why}`);
}
