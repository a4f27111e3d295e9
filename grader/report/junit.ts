import { hostname } from 'node:os';
import type { GradeReport } from '../contract.ts';
import { printable } from '../text/printable.ts';
import { pathOf } from './class-csv.ts';
import {
  outcomeOf,
  type ExportFormat,
  type GradedSubmission,
  type Outcome,
  type Outcomes,
  type Ungraded,
} from './export-format.ts';
import { verdictWords } from './view/verdict.ts';
import { english } from '../words/en.ts';

/**
 * JUnit XML as GitLab, Jenkins and GitHub's actions read it: one test case for each submission, with the path of
 * its report. What the candidate does wrong is a failure; only what is the package's, the grader's or the
 * machine's fault is an error.
 */
export const junit = {
  help: 'write the outcome as JUnit XML',
  render,
} as const satisfies ExportFormat;

interface Case {
  readonly problem: string;
  readonly file: string;
  readonly outcome: Outcome;
  /** In words, in one line and in all; empty of what has passed. */
  readonly message: string;
  readonly text: string;
  readonly type: string;
  readonly seconds: number;
  readonly report: string | null;
}

function render({ graded, minPoints, ungraded, results }: Outcomes): string {
  const cases = [
    ...graded.map((submission) => gradedCase(submission, minPoints, results)),
    ...ungraded.map(ungradedCase),
  ];
  const begun = graded.map(({ report }) => report.startedAt).sort()[0] ?? new Date().toISOString();
  const counts = countsOf(cases);
  const suite = `name="grader" ${counts} timestamp="${begun.slice(0, 19)}" hostname="${escape(hostname())}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="grader" ${counts}>`,
    `<testsuite ${suite}>`,
    ...cases.map(testCase),
    '</testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function countsOf(cases: readonly Case[]): string {
  const count = (wanted: Outcome) => cases.filter(({ outcome }) => outcome === wanted).length;
  const time = cases.reduce((total, { seconds }) => total + seconds, 0);
  return [
    `tests="${cases.length}" failures="${count('failure')}" errors="${count('error')}"`,
    `skipped="${count('skipped')}" time="${time.toFixed(3)}"`,
  ].join(' ');
}

function gradedCase(
  { report, reportFile }: GradedSubmission,
  minPoints: number,
  results: string,
): Case {
  const { problem, submission, startedAt, finishedAt, failure } = report;
  const message = messageOf(report, minPoints);
  return {
    problem: problem.id,
    file: submission.file,
    outcome: outcomeOf(report, minPoints),
    message,
    text: [message, failure?.help ?? ''].filter((each) => each !== '').join('\n'),
    type: failure?.code ?? 'points',
    seconds: (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000,
    report: reportFile === null ? null : pathOf(results, reportFile),
  };
}

function ungradedCase({ problem, name, outcome, code, message }: Ungraded): Case {
  const shown = { message, text: message, type: code, seconds: 0, report: null };
  return { problem: problem ?? 'not graded', file: name, outcome, ...shown };
}

function messageOf(report: GradeReport, minPoints: number): string {
  const { failure, points, score, problem } = report;
  const outcome = outcomeOf(report, minPoints);
  if (outcome === 'passed') return '';
  if (outcome === 'skipped') return verdictWords(report, english).title;
  if (failure) return failure.message;
  const value = score ? ` (${problem.metric.name} ${score.value})` : '';
  return `${points ?? 0} of 5 points, ${minPoints} asked for${value}`;
}

function testCase(each: Case): string {
  const { problem, file, seconds, report } = each;
  const name = `${escape(problem)}: ${escape(file)}`;
  return [
    `<testcase classname="${escape(problem)}" name="${name}" time="${seconds.toFixed(3)}">`,
    ...(report === null
      ? []
      : [`<properties><property name="report" value="${escape(report)}"/></properties>`]),
    ...element(each),
    // https://docs.gitlab.com/ci/testing/unit_test_reports and Jenkins's JUnit Attachments read the mark.
    ...(report === null ? [] : [`<system-out>[[ATTACHMENT|${escape(report)}]]</system-out>`]),
    '</testcase>',
  ].join('');
}

function element({ outcome, type, message, text }: Case): string[] {
  if (outcome === 'passed') return [];
  const short = `message="${escape(message)}"`;
  if (outcome === 'skipped') return [`<skipped ${short}/>`];
  return [`<${outcome} type="${escape(type)}" ${short}>${escape(text)}</${outcome}>`];
}

/** For an attribute or a text. XML 1.0 has no place for two characters that `printable` leaves, escaped or not. */
function escape(text: string): string {
  return printable(text, true)
    .replace(/[\ufffe\uffff]/g, '')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/[\t\n]/g, (space) => `&#${space.charCodeAt(0)};`);
}
