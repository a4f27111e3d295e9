import type { GradeReport } from '../contract.ts';
import { rowOfFailure } from '../contract/verdicts.ts';
import type { Outcomes, Ungraded } from '../report/export-format.ts';
import { shortened } from '../text/printable.ts';
import type { BrokenEntry, LeftOut } from './check-entries.ts';
import { printTable } from './check-table.ts';
import type { Screen } from './screen.ts';

/** All that came of a check. */
export interface Checked {
  readonly reports: readonly GradeReport[];
  readonly broken: readonly BrokenEntry[];
  readonly leftOut: readonly LeftOut[];
}

/** Said before anything is graded, since that may take hours. */
export function tellLeftOut(leftOut: readonly LeftOut[], screen: Screen): void {
  for (const { name, reason } of leftOut) {
    screen.note(`not graded: ${shortened(name, 120)}: ${reason}`);
  }
}

interface Shown {
  readonly minPoints: number;
  readonly json?: boolean;
}

/** A line for each submission and what was left out, or all of it as JSON. */
export function printChecked(checked: Checked, { minPoints, json }: Shown, screen: Screen): void {
  const { reports, broken, leftOut } = checked;
  if (json) {
    screen.print(JSON.stringify({ reports, notGraded: [...broken, ...leftOut] }, null, 2));
    return;
  }
  printTable(reports, broken, { minPoints, screen });
  if (leftOut.length > 0) screen.print(countOf(leftOut));
}

/** As many names as a line has room for. */
const mostNamed = 5;

function countOf(leftOut: readonly LeftOut[]): string {
  const missed = leftOut.filter(({ isMissed }) => isMissed);
  const count = `Not graded: ${leftOut.length}`;
  if (missed.length === 0) return count;
  const named = missed.slice(0, mostNamed).map(({ name }) => shortened(name, 60));
  const more = missed.length > mostNamed ? ` and ${missed.length - mostNamed} more` : '';
  return `${count}, of which may be submissions: ${named.join(', ')}${more}`;
}

/** The same for the formats of other programs. */
export function outcomesOf({ reports, broken, leftOut }: Checked, minPoints: number): Outcomes {
  const ungraded = [
    ...broken.map(({ problem, name, failure }): Ungraded => {
      const { code, message } = failure;
      const outcome = rowOfFailure(failure).points === null ? 'error' : 'failure';
      return { problem, name, outcome, code, message };
    }),
    ...leftOut.map(({ problem, name, reason, isMissed }): Ungraded => {
      const outcome = isMissed ? 'failure' : 'skipped';
      return { problem, name, outcome, code: 'not-graded', message: reason };
    }),
  ];
  return { reports, minPoints, ungraded };
}
