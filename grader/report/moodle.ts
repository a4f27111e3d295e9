import type { Roster, RosterRow } from '../contract/hand-in.ts';
import { usageError } from '../errors.ts';
import { csvText } from '../text/csv.ts';
import { shortened } from '../text/printable.ts';
import { scaled } from './canvas.ts';
import { standingsOf, type Standing } from './class-grades.ts';
import type { ExportFormat, Outcomes } from './export-format.ts';

/**
 * Moodle's offline grading worksheet, filled in for its upload, by the rules of its
 * mod/assign/feedback/offline/importgradeslib.php: rows and columns as they came, with a grade and a comment. Rows of
 * who handed in nothing, or of whom not all could be judged, are left as they are.
 */
export const moodle = {
  help: "fill in Moodle's offline grading worksheet; needs --roster with the worksheet",
  check: rosterOf,
  render,
} as const satisfies ExportFormat;

function rosterOf(roster: Roster | null): Roster {
  if (roster?.kind === 'moodle' && placesOf(roster).grade >= 0) return roster;
  throw usageError(
    'moodle-roster',
    roster
      ? "--moodle needs Moodle's own grading worksheet as --roster."
      : '--moodle needs --roster.',
    'In Moodle, turn on "Offline grading worksheet" and "Feedback comments" in the settings of the assignment, ' +
      'choose View all submissions > Download grading worksheet, and give that file: --roster FILE.',
  );
}

interface Places {
  readonly grade: number;
  readonly maximum: number;
  readonly comment: number;
}

function render(outcomes: Outcomes): string {
  const { problems } = outcomes;
  const roster = rosterOf(outcomes.roster);
  const places = placesOf(roster);
  const standings = standingsOf(outcomes);
  const lines = roster.rows.map(({ cells, candidate }) => {
    const own = candidate ? standings.get(candidate.key) : undefined;
    const isWhole = own !== undefined && own.unjudged.length === 0 && own.grades.size > 0;
    if (!isWhole) return cells;
    const filled = new Map([
      [places.grade, gradeOf(own, { places, cells, problems })],
      [places.comment, commentOf(own, problems)],
    ]);
    return cells.map((cell, at) => filled.get(at) ?? cell);
  });
  return csvText(roster.header, lines, { bom: true, delimiter: roster.delimiter });
}

interface Filled {
  readonly places: Places;
  readonly cells: readonly string[];
  readonly problems: Outcomes['problems'];
}

/** On the worksheet's scale, with its decimal mark; problems that were not handed in have 0 of their 5 points. */
function gradeOf({ grades }: Standing, { places, cells, problems }: Filled): string {
  const maximum = cells[places.maximum] ?? '';
  const total = 5 * problems.length;
  const reached = [...grades.values()].reduce(
    (sum, { best }) => sum + (best?.report.points ?? 0),
    0,
  );
  const possible = numberOf(maximum) ?? total;
  const grade = scaled((5 * reached) / total, possible).toFixed(2);
  return isComma.test(maximum) ? grade.replace('.', ',') : grade;
}

const isComma = /\d,\d{1,2}$/;

/** Null where a cell is no positive number. */
function numberOf(cell: string): number | null {
  const value = Number(isComma.test(cell) ? cell.replace(',', '.') : cell);
  return cell.trim() !== '' && value > 0 ? value : null;
}

function commentOf({ grades }: Standing, problems: Outcomes['problems']): string {
  return problems
    .map(({ id }) => {
      const report = grades.get(id)?.best?.report;
      if (!report) return `${id}: 0/5 (not handed in)`;
      const { score, points, failure, problem } = report;
      const value = score ? ` (${problem.metric.name} ${score.value.toPrecision(4)})` : '';
      // Moodle shows a comment as HTML: what a candidate wrote does not stand in it.
      return `${id}: ${points ?? '-'}/5${failure ? ` (${failure.code})` : value}`;
    })
    .map((line) => shortened(line.replace(/[<>&]/g, ''), 200))
    .join('; ');
}

/** Names by Moodle's English and Korean; in another language the grade stands before its one maximum. */
function placesOf(roster: Roster): Places {
  const names = roster.header.map((name) => name.trim().toLowerCase());
  const at = (...known: readonly string[]) => names.findIndex((name) => known.includes(name));
  const named = at('maximum grade', '최대 성적', '최고 성적', '최대 점수');
  const maximum = named >= 0 ? named : sameNumber(roster);
  const grade = at('grade', '성적', '점수', '평점');
  const modified = at('last modified (grade)', '마지막 수정됨(성적)', '마지막 수정됨 (성적)');
  const comment = names.findIndex((name) => /feedback comments|피드백/.test(name));
  const last = modified >= 0 && modified === names.length - 2 ? names.length - 1 : -1;
  return {
    maximum,
    grade: grade >= 0 ? grade : maximum - 1,
    comment: comment >= 0 ? comment : last,
  };
}

/** The column with the same decimal number in every row of a candidate; -1 where there is none. */
function sameNumber({ header, rows }: Roster): number {
  const own = rows.filter(({ candidate }): boolean => candidate !== null);
  const isIn = (at: number) => (row: RosterRow) =>
    /^\d+[.,]\d+$/.test(row.cells[at] ?? '') && row.cells[at] === own[0]?.cells[at];
  return header.findIndex((_, at) => at > 0 && own.length > 0 && own.every(isIn(at)));
}
