import type { GradeReport } from '../contract.ts';
import type { Roster, RosterRow } from '../contract/hand-in.ts';
import { usageError } from '../errors.ts';
import { csvText, type Cell } from '../text/csv.ts';
import { shortened } from '../text/printable.ts';
import { standingsOf, type Standing } from './class-grades.ts';
import type { ExportFormat, Outcomes } from './export-format.ts';
import { problemOfTitle } from './title-meaning.ts';

/**
 * Canvas's gradebook to be imported, by the rules of its lib/gradebook_importer.rb: the columns of the students as
 * they came, and one for each problem, on the scale of its assignment. Columns that nothing is known of are left
 * out, since they would bring back what they held when the roster was downloaded. A cell is empty where there
 * are no points: Canvas leaves what it has.
 */
export const canvas = {
  help: "write Canvas's gradebook for its import; needs --roster with the gradebook exported there",
  check: rosterOf,
  render,
} as const satisfies ExportFormat;

function rosterOf(roster: Roster | null): Roster {
  if (roster?.kind === 'canvas' && sectionOf(roster) > 0) return roster;
  throw usageError(
    'canvas-roster',
    roster ? "--canvas needs Canvas's own gradebook as --roster." : '--canvas needs --roster.',
    'In Canvas, open Grades, choose Export > Export Entire Gradebook, and give that file: --roster FILE.',
  );
}

interface Column {
  readonly problem: string;
  readonly header: string;
  /** In the roster; null for a new assignment. */
  readonly at: number | null;
  readonly possible: number;
}

function render(outcomes: Outcomes): string {
  const { problems } = outcomes;
  const roster = rosterOf(outcomes.roster);
  const students = sectionOf(roster) + 1;
  const row = roster.rows.find(isOfPoints);
  const columns = columnsOf(roster, problems, row);
  const standings = standingsOf(outcomes);
  const lines = roster.rows.map(({ cells, candidate }): Cell[] => {
    const own = candidate ? standings.get(candidate.key) : undefined;
    const graded = (column: Column) => (candidate ? pointsIn(own, column) : null);
    const ends = columns.map((column) =>
      cells === row?.cells ? pointsRowCell(cells, column) : graded(column),
    );
    return [...Array.from({ length: students }, (_, at) => cells[at] ?? ''), ...ends];
  });
  const points = ['    Points Possible', ...Array<string>(students - 1).fill('')];
  const added = row ? [] : [[...points, ...columns.map(({ possible }) => possible)]];
  const head = [...roster.header.slice(0, students), ...columns.map(({ header }) => header)];
  return csvText(head, [...added, ...lines], { delimiter: roster.delimiter });
}

/** Where the columns of students end. */
function sectionOf({ header }: Roster): number {
  return header.findIndex((name) => name.trim() === 'Section');
}

function isOfPoints({ cells }: RosterRow): boolean {
  return cells[0]?.includes('Points Possible') ?? false;
}

function pointsRowCell(cells: readonly string[], { at, possible }: Column): Cell {
  return at === null ? possible : (cells[at] ?? '');
}

/** Empty, never 0, where nothing was handed in or not all of it was judged. */
function pointsIn(standing: Standing | undefined, { problem, possible }: Column): Cell {
  const best = standing?.grades.get(problem)?.best?.report.points ?? null;
  return best === null ? null : scaled(best, possible);
}

/** 0 to 5 points on a scale, to hundredths as Canvas and Moodle show them. */
export function scaled(points: number, possible: number): number {
  return Number(((points / 5) * possible).toFixed(2));
}

function columnsOf(
  roster: Roster,
  problems: Outcomes['problems'],
  row: RosterRow | undefined,
): Column[] {
  const from = sectionOf(roster) + 1;
  const known = roster.header.flatMap((header, at) => {
    const [, title] = /^(.*\S)\s*\(\d+\)\s*$/s.exec(header) ?? [];
    const means = at < from || title === undefined ? null : problemOfTitle(title, problems);
    const cell = row?.cells[at]?.trim() ?? '';
    return means && !/read\s+only/i.test(cell) ? [{ problem: means.id, header, at, cell }] : [];
  });
  return problems.map((problem) => {
    const [own, ...others] = known.filter((each) => each.problem === problem.id);
    if (own === undefined) return newColumn(problem);
    if (others.length > 0) throw severalColumns(problem.id, [own, ...others]);
    const { header, at } = own;
    return { problem: problem.id, header, at, possible: possibleOf(own.cell) };
  });
}

function possibleOf(cell: string): number {
  const value = Number(cell.replace(',', '.'));
  return Number.isFinite(value) && value > 0 ? value : 5;
}

/** Canvas would take a number in brackets for an assignment, and knows columns of its own by these words. */
const isTaken = /\(\d+\)\s*$|(Current|Final|Override) (Score|Points|Grade|Status)/;

function newColumn({ id, title }: GradeReport['problem']): Column {
  const header = isTaken.test(title) ? id : shortened(title);
  return { problem: id, header, at: null, possible: 5 };
}

function severalColumns(problem: string, columns: readonly { readonly header: string }[]) {
  const names = columns.map(({ header }) => `"${shortened(header, 60)}"`).join(' and ');
  return usageError(
    'canvas-columns',
    `Canvas's gradebook is not written: ${names} of the roster both mean ${problem}.`,
    'Remove the other column from the roster and run the same command again.',
  );
}
