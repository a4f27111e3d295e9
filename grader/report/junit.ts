import type { GradeReport } from '../contract.ts';

/** The outcome of several gradings as JUnit XML, one test case each. */
export function renderJunit(reports: readonly GradeReport[], minPoints: number): string {
  const cases = reports.map((report) => testCase(report, minPoints));
  const failures = reports.filter((report) => isLow(report, minPoints)).length;
  const errors = reports.filter(({ failure }) => failure !== null).length;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites><testsuite name="grader" tests="${reports.length}" failures="${failures}" errors="${errors}">`,
    ...cases,
    '</testsuite></testsuites>',
    '',
  ].join('\n');
}

function isLow({ failure, points }: GradeReport, minPoints: number): boolean {
  return failure === null && (points ?? 0) < minPoints;
}

function testCase(report: GradeReport, minPoints: number): string {
  const { problem, submission, startedAt, finishedAt } = report;
  const seconds = (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000;
  const name = `${escape(problem.id)}: ${escape(submission.file)}`;
  const head = `<testcase classname="${escape(problem.id)}" name="${name}" time="${seconds.toFixed(3)}"`;
  const body = outcome(report, minPoints);
  return body === '' ? `${head}/>` : `${head}>${body}</testcase>`;
}

function outcome(report: GradeReport, minPoints: number): string {
  const { failure, points, score, problem } = report;
  if (failure) {
    return `<error type="${escape(failure.code)}" message="${escape(failure.message)}"/>`;
  }
  if (!isLow(report, minPoints)) return '';
  const value = score ? ` (${problem.metric.name} ${score.value})` : '';
  const message = `${points ?? 0} of 5 points, ${minPoints} asked for${value}`;
  return `<failure type="points" message="${escape(message)}"/>`;
}

/** XML 1.0 has no place for control characters, escaped or not. */
function escape(text: string): string {
  return (
    text
      // eslint-disable-next-line no-control-regex
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
      .replace(/&/g, '&amp;')
      .replace(/</g, '&lt;')
      .replace(/>/g, '&gt;')
      .replace(/"/g, '&quot;')
  );
}
