import { relative } from 'node:path';
import type { Candidate, HandIn } from '../contract/hand-in.ts';
import { printable } from '../text/printable.ts';
import { csvText, type Cell } from '../text/csv.ts';
import { gradesOf, isOpen, type ProblemGrade } from './class-grades.ts';
import type { ExportFormat, GradedSubmission, Outcomes, Ungraded } from './export-format.ts';

/**
 * A row for each submission, the best of a candidate's for a problem marked; for what may be one and was not
 * graded; and for who is on the roster and handed in nothing. What was not judged has no points.
 */
export const csv = {
  help: 'write a table of all candidates and submissions as CSV',
  render,
} as const satisfies ExportFormat;

const columns = [
  ...['candidate', 'email', 'idnumber', 'problem', 'points', 'max_points', 'metric', 'se'],
  ...['attempts', 'best_attempt', 'submitted_at', 'late', 'graded_at', 'verdict', 'counts'],
  ...['file_sha256', 'grader', 'report'],
] as const;

type Row = { readonly [Column in (typeof columns)[number]]?: Cell };

function render(outcomes: Outcomes): string {
  const rows = [
    ...gradesOf(outcomes).flatMap((grade) =>
      grade.attempts.map((submission) => rowOf(submission, grade, outcomes.results)),
    ),
    ...outcomes.ungraded.filter(isOpen).map(ungradedRow),
    ...outcomes.absent.map((candidate): Row => ({ ...person(candidate), verdict: 'absent' })),
  ];
  const lines = rows.map((row) => columns.map((column) => safe(row[column] ?? null)));
  return csvText(columns, lines, { bom: true });
}

function rowOf(
  { report, handIn, reportFile }: GradedSubmission,
  { attempts, best }: ProblemGrade,
  results: string,
): Row {
  const { problem, points, score, submission } = report;
  return {
    ...person(handIn?.candidate ?? null, submission.file),
    problem: problem.id,
    points,
    max_points: 5,
    metric: score?.value ?? null,
    se: score?.standardError ?? null,
    attempts: attempts.length,
    best_attempt: String(best?.report === report),
    ...handedIn(handIn),
    graded_at: report.finishedAt,
    verdict: report.verdict,
    counts: String(report.countsAsAttempt),
    file_sha256: submission.sha256,
    grader: report.environment.grader,
    report: reportFile === null ? null : pathOf(results, reportFile),
  };
}

function ungradedRow({ handIn, name, problem, code }: Ungraded): Row {
  const whose = person(handIn?.candidate ?? null, name);
  return { ...whose, problem, ...handedIn(handIn), max_points: 5, verdict: code, counts: 'false' };
}

function person(candidate: Candidate | null, file?: string): Row {
  const { email = null, idNumber = null } = candidate ?? {};
  return { candidate: candidate?.name ?? file ?? null, email, idnumber: idNumber };
}

function handedIn(handIn: HandIn | null): Row {
  const late = handIn?.isLate ?? null;
  return { submitted_at: handIn?.at ?? null, late: late === null ? null : String(late) };
}

/** Of a report, from where the grader runs, with slashes. */
export function pathOf(results: string, reportFile: string): string {
  const folder = relative('', results).replaceAll('\\', '/');
  return folder === '' ? reportFile : `${folder}/${reportFile}`;
}

/** As many characters as a cell has room for. */
const longest = 1000;

function safe(cell: Cell): Cell {
  return typeof cell === 'string' ? printable(cell).slice(0, longest) : cell;
}
