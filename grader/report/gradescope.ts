import { GraderError } from '../errors.ts';
import type { GradeReport } from '../contract.ts';
import { namedFew, printable } from '../text/printable.ts';
import { isUnbegun } from './class-grades.ts';
import { outcomeOf, type ExportFormat, type Outcomes, type Ungraded } from './export-format.ts';
import { renderText } from './text.ts';
import { english } from '../words/en.ts';

/**
 * Gradescope's results.json: a test of 5 points for each submission, and the metric for its leaderboard. Its
 * fields: https://gradescope-autograders.readthedocs.io/en/latest/specs/. Throws fault `machine` where a
 * submission was not judged: a test without a score would be 0 points there.
 */
export const gradescope = {
  help: "write the outcome as Gradescope's results.json",
  render,
} as const satisfies ExportFormat;

function render({ graded, minPoints, ungraded }: Outcomes): string {
  const reports = graded.map(({ report }) => report);
  const unjudged = [
    ...reports.filter((report) => report.points === null).map(nameOf),
    ...ungraded
      .filter((each) => each.outcome === 'error' || isUnbegun(each))
      .map(({ name }) => name),
  ];
  if (unjudged.length > 0) throw noScore(unjudged);
  const missed = ungraded.filter(({ outcome }) => outcome === 'failure');
  const results = {
    execution_time: reports.reduce((total, report) => total + secondsOf(report), 0),
    tests: [...reports.map((report) => testOf(report, minPoints)), ...missed.map(missedTest)],
    leaderboard: reports.flatMap((report) => placeOf(report, reports.length > 1)),
  };
  return `${JSON.stringify(results, null, 2)}\n`;
}

const shared = { max_score: 5, output_format: 'text', visibility: 'visible' } as const;

function testOf(report: GradeReport, minPoints: number): object {
  const lines = renderText(report, { style: (_, text) => text }, english);
  return {
    name: nameOf(report),
    score: report.points,
    status: outcomeOf(report, minPoints) === 'passed' ? 'passed' : 'failed',
    output: lines.join('\n'),
    ...shared,
  };
}

function missedTest({ name, message }: Ungraded): object {
  return {
    name: printable(name, true),
    score: 0,
    status: 'failed',
    output: printable(message, true),
    ...shared,
  };
}

function placeOf({ problem, score }: GradeReport, areSeveral: boolean): readonly object[] {
  const { name, better } = problem.metric;
  if (score === null) return [];
  const title = areSeveral ? `${problem.title}: ${name}` : name;
  return [{ name: title, value: score.value, order: better === 'lower' ? 'asc' : 'desc' }];
}

function nameOf({ problem, submission }: GradeReport): string {
  return printable(`${problem.id}: ${submission.file}`, true);
}

function secondsOf({ startedAt, finishedAt }: GradeReport): number {
  return (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000;
}

function noScore(names: readonly string[]): GraderError {
  return new GraderError({
    fault: 'machine',
    code: 'export',
    message: `Gradescope's results.json is not written: ${namedFew(names)} could not be judged.`,
    help: 'Gradescope would take what has no score for 0 points: remove the reason told above and grade again.',
  });
}
