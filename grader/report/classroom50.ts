import { GraderError } from '../errors.ts';
import { namedFew, shortened } from '../text/printable.ts';
import { gradesOf, isOpen, isUnbegun, type ProblemGrade } from './class-grades.ts';
import { outcomeOf, type ExportFormat, type Outcomes } from './export-format.ts';

/**
 * Classroom 50's result.json, a test of 5 points for each problem; its wiki "Advanced Autograding" has the fields,
 * all numbers being whole, and the variables that its workflow sets. Throws fault `machine` where
 * something was not judged: it would be 0 points there.
 */
export const classroom50 = {
  help: "write the outcome as Classroom 50's result.json",
  render,
} as const satisfies ExportFormat;

function render(outcomes: Outcomes): string {
  const grades = gradesOf(outcomes);
  const open = outcomes.ungraded.filter(isOpen);
  const unjudged = [
    ...grades.filter(({ best }) => best === null).map(nameOf),
    ...open.filter((each) => each.outcome === 'error' || isUnbegun(each)).map(({ name }) => name),
  ];
  if (unjudged.length > 0) throw noScore(unjudged);
  const tests = [
    ...grades.map((grade) => testOf(grade, outcomes.minPoints)),
    ...open.map(({ name }) => test(shortened(name), 0, false)),
  ];
  const result = {
    schema: 'classroom50/result/v1',
    ...fromWorkflow(),
    datetime: new Date().toISOString(),
    score: tests.reduce((total, { score }) => total + score, 0),
    'max-score': 5 * tests.length,
    tests,
  };
  return `${JSON.stringify(result, null, 2)}\n`;
}

/** What names the submission; empty outside of a workflow. */
function fromWorkflow() {
  const { CLASSROOM, ASSIGNMENT, SUBMISSION_TAG, COMMIT_URL, RELEASE_URL, REVIEW_URL } =
    process.env;
  return {
    classroom: CLASSROOM ?? '',
    assignment: ASSIGNMENT ?? '',
    submission: SUBMISSION_TAG ?? '',
    commit: COMMIT_URL ?? '',
    release: RELEASE_URL ?? '',
    review: REVIEW_URL ?? '',
  };
}

function testOf(grade: ProblemGrade, minPoints: number) {
  const { best } = grade;
  const isReached = best !== null && outcomeOf(best.report, minPoints) === 'passed';
  return test(nameOf(grade), best?.report.points ?? 0, isReached);
}

function test(name: string, score: number, passed: boolean) {
  return { 'test-name': name, passed, score, 'max-score': 5 };
}

function nameOf({ problem, candidate, attempts }: ProblemGrade): string {
  const file = attempts[0]?.report.submission.file ?? '';
  return shortened(`${problem}: ${candidate?.name ?? file}`);
}

function noScore(names: readonly string[]): GraderError {
  return new GraderError({
    fault: 'machine',
    code: 'export',
    message: `Classroom 50's result.json is not written: ${namedFew(names)} could not be judged.`,
    help: 'What has no score would be 0 points there: remove the reason told above and grade again.',
  });
}
