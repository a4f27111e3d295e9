import { extname } from 'node:path';
import type { Failure, GradeReport } from '../contract.ts';
import { rowOfFailure } from '../contract/verdicts.ts';
import { columnsOf } from '../text/columns.ts';
import { shortened } from '../text/printable.ts';
import type { Words } from '../words/en.ts';
import type { Screen } from './screen.ts';

interface Row {
  readonly label: string;
  readonly isReached: boolean;
  readonly points: number | null;
  readonly outcome: string;
}

/** What has no report. */
interface Unreported {
  readonly problem: string | null;
  readonly name: string;
  readonly failure: Failure;
}

interface Shown {
  readonly minPoints: number;
  readonly screen: Screen;
  readonly words: Words;
}

/** One line for each submission: its points, and its metric or why there is none. */
export function printTable(
  reports: readonly GradeReport[],
  unreported: readonly Unreported[],
  { minPoints, screen, words }: Shown,
): void {
  const rows = [
    ...reports.map((report) => rowOfReport(report, minPoints, words)),
    ...unreported.map((entry) => rowOf(entry, words)),
  ];
  const width = Math.max(...rows.map(({ label }) => columnsOf(label)), 0);
  screen.print('');
  for (const { label, isReached, points, outcome } of rows) {
    const mark = screen.style(isReached ? 'green' : 'red', `${points ?? '-'}/5`);
    screen.print(`${label}${' '.repeat(width - columnsOf(label))}  ${mark}  ${outcome}`);
  }
}

function rowOfReport(report: GradeReport, minPoints: number, words: Words): Row {
  const { problem, submission, points, score, verdict, failure } = report;
  return {
    label: labelOf(problem.id, submission.file),
    isReached: failure === null && points !== null && points >= minPoints,
    points,
    outcome:
      score && points !== null
        ? `${words.metricName(problem.metric.name)} ${score.value.toPrecision(4)}`
        : words.verdictInTable(verdict),
  };
}

function rowOf({ problem, name, failure }: Unreported, words: Words): Row {
  const { id, points } = rowOfFailure(failure);
  const label = problem === null ? shortened(name, 60) : labelOf(problem, name);
  const isZero = points === 0;
  return { label, isReached: false, points: isZero ? 0 : null, outcome: words.verdictInTable(id) };
}

/** The problem, and the submission where its name is another. */
function labelOf(problem: string, name: string): string {
  const isOnly = name === `${problem}${extname(name)}`;
  return isOnly ? problem : `${problem}: ${shortened(name, 60)}`;
}
