import type { GradeReport } from '../contract.ts';
import { printable } from '../text/printable.ts';
import {
  outcomeOf,
  type ExportFormat,
  type Outcome,
  type Outcomes,
  type Ungraded,
} from './export-format.ts';
import { verdictWords } from './view/verdict.ts';
import { english } from '../words/en.ts';

/** JUnit XML, which CI systems show: one test case for each submission. */
export const junit = {
  help: 'write the outcome as JUnit XML',
  render,
} as const satisfies ExportFormat;

function render({ graded, minPoints, ungraded }: Outcomes): string {
  const reports = graded.map(({ report }) => report);
  const cases = [
    ...reports.map((report) => testCase(report, minPoints)),
    ...ungraded.map(ungradedCase),
  ];
  const outcomes = [
    ...reports.map((report) => outcomeOf(report, minPoints)),
    ...ungraded.map(({ outcome }) => outcome),
  ];
  const count = (wanted: Outcome) => outcomes.filter((outcome) => outcome === wanted).length;
  const counts = `failures="${count('failure')}" errors="${count('error')}" skipped="${count('skipped')}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites><testsuite name="grader" tests="${cases.length}" ${counts}>`,
    ...cases,
    '</testsuite></testsuites>',
    '',
  ].join('\n');
}

function testCase(report: GradeReport, minPoints: number): string {
  const { problem, submission, startedAt, finishedAt } = report;
  const seconds = (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000;
  const name = `${escape(problem.id)}: ${escape(submission.file)}`;
  const head = `<testcase classname="${escape(problem.id)}" name="${name}" time="${seconds.toFixed(3)}"`;
  const body = element(report, minPoints);
  return body === '' ? `${head}/>` : `${head}>${body}</testcase>`;
}

function ungradedCase({ problem, name, outcome, code, message }: Ungraded): string {
  const suite = escape(problem ?? 'not graded');
  const type = outcome === 'skipped' ? '' : ` type="${escape(code)}"`;
  const body = `<${outcome}${type} message="${escape(message)}"/>`;
  return `<testcase classname="${suite}" name="${suite}: ${escape(name)}" time="0.000">${body}</testcase>`;
}

function element(report: GradeReport, minPoints: number): string {
  const { failure, points, score, problem } = report;
  const outcome = outcomeOf(report, minPoints);
  if (outcome === 'passed') return '';
  if (outcome === 'skipped')
    return `<skipped message="${escape(verdictWords(report, english).title)}"/>`;
  if (failure) {
    return `<${outcome} type="${escape(failure.code)}" message="${escape(failure.message)}"/>`;
  }
  const value = score ? ` (${problem.metric.name} ${score.value})` : '';
  const message = `${points ?? 0} of 5 points, ${minPoints} asked for${value}`;
  return `<failure type="points" message="${escape(message)}"/>`;
}

/** For an attribute. XML 1.0 has no place for two characters that `printable` leaves, escaped or not. */
function escape(text: string): string {
  return printable(text, true)
    .replace(/[\ufffe\uffff]/g, '')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/[\t\n]/g, (space) => `&#${space.charCodeAt(0)};`);
}
