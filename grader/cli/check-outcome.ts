import type { GradeReport } from '../contract.ts';
import type { Candidate, Roster } from '../contract/hand-in.ts';
import { rowOfFailure } from '../contract/verdicts.ts';
import { isBorderline } from '../report/borderline.ts';
import type { GradedSubmission, Outcomes, Ungraded } from '../report/export-format.ts';
import { shortened } from '../text/printable.ts';
import type { BrokenEntry, LeftOut } from '../classes/entries.ts';
import { printTable } from './check-table.ts';
import type { Words } from '../words/en.ts';
import { languages, type Language } from '../words/words.ts';
import type { Screen } from './screen.ts';

/** All that came of a check. */
export interface Checked {
  readonly graded: readonly GradedSubmission[];
  readonly broken: readonly BrokenEntry[];
  readonly leftOut: readonly LeftOut[];
  readonly absent: readonly Candidate[];
  readonly roster: Roster | null;
  /** Submissions of nobody on the roster. */
  readonly strangers: readonly string[];
  readonly problems: readonly GradeReport['problem'][];
}

/** Of what an interrupt came before. */
export const interruptedBefore = 'interrupted before it';
export const outOfTime = 'it did not fit into the time budget';

/** Codes for other programs. */
const codes = new Map([
  [interruptedBefore, 'interrupted'],
  [outOfTime, 'time-budget'],
]);

/** Said before anything is graded, since that may take hours. */
export function tellLeftOut(
  {
    leftOut,
    ignored,
  }: { readonly leftOut: readonly LeftOut[]; readonly ignored: readonly string[] },
  screen: Screen,
  { terminal }: Words,
): void {
  if (ignored.length > 0) {
    const named = ignored.slice(0, mostNamed).map((name) => shortened(name, 60));
    screen.note(terminal.ignored(named.join(', '), ignored.length - named.length));
  }
  for (const { name, reason } of leftOut) {
    screen.note(terminal.notGraded(shortened(name, 120), reason));
  }
}

interface Shown {
  readonly minPoints: number;
  readonly json?: boolean;
  readonly lang: Language;
}

/** A line for each submission and what was left out, or all of it as JSON. */
export function printChecked(
  checked: Checked,
  { minPoints, json, lang }: Shown,
  screen: Screen,
): void {
  const { broken, leftOut } = checked;
  const reports = checked.graded.map(({ report }) => report);
  if (json) {
    const handIns = checked.graded.map(({ name, report: { problem }, handIn, reportFile }) => ({
      ...{ name, problem: problem.id, ...handIn, reportFile },
    }));
    const { absent, strangers: notOnRoster } = checked;
    const notGraded = [...broken, ...leftOut];
    const all = { reports, notGraded, handIns, absent, notOnRoster };
    screen.print(JSON.stringify(all, null, 2));
    return;
  }
  const words = languages[lang];
  const refused = leftOut.flatMap((item) =>
    item.failure === null ? [] : [{ ...item, failure: item.failure }],
  );
  printTable(reports, [...broken, ...refused], { minPoints, screen, words });
  if (leftOut.length > 0) screen.print(countOf(leftOut, words));
  const { absent, roster } = checked;
  const names = absent.slice(0, mostNamed).map(({ name }) => shortened(name, 60));
  const rest = absent.length > names.length ? ', …' : '';
  if (roster) screen.print(words.terminal.class.absent(absent.length, names.join(', ') + rest));
  const near = reports.filter((report) => isBorderline(report, minPoints));
  if (near.length > 0) screen.print(borderline(near, minPoints, words));
}

/** As many names as a line has room for. */
const mostNamed = 5;

function countOf(leftOut: readonly LeftOut[], { terminal }: Words): string {
  const missed = leftOut.filter(({ isMissed }) => isMissed);
  const count = terminal.notGradedCount(leftOut.length);
  if (missed.length === 0) return count;
  const named = missed.slice(0, mostNamed).map(({ name }) => shortened(name, 60));
  return count + terminal.maybeSubmissions(named.join(', '), missed.length - named.length);
}

function borderline(near: readonly GradeReport[], minPoints: number, { terminal }: Words): string {
  const named = near.slice(0, mostNamed).map(({ submission }) => shortened(submission.file, 60));
  return terminal.borderline(named.join(', '), near.length - named.length, minPoints);
}

/** The same for the formats of other programs. */
export function outcomesOf(
  { broken, leftOut, graded, absent, roster, problems }: Checked,
  { minPoints, results }: Pick<Outcomes, 'minPoints' | 'results'>,
): Outcomes {
  const ungraded = [
    ...broken.map(({ problem, name, failure, handIn }): Ungraded => {
      const { code, message } = failure;
      const outcome = rowOfFailure(failure).points === null ? 'error' : 'failure';
      return { problem, name, handIn, outcome, code, message };
    }),
    ...leftOut.map(({ problem, name, reason, isMissed, failure, handIn }): Ungraded => {
      const outcome = isMissed ? 'failure' : 'skipped';
      const why = codes.get(reason) ?? 'not-graded';
      const { code, message } = failure ?? { code: why, message: reason };
      return { problem, name, handIn, outcome, code, message };
    }),
  ];
  return { graded, absent, roster, problems, minPoints, results, ungraded };
}
