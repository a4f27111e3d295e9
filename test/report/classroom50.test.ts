import { afterEach, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import { classroom50 } from '../../grader/report/classroom50.ts';
import { candidate, gradedAs, handedIn, outcomesWith } from './outcomes.ts';

const whole = { type: 'integer', minimum: 0 } as const;
const text = { type: 'string' } as const;

/** What the wiki's "Advanced Autograding" of foundation50/classroom50 says of result.json. */
const documented = {
  type: 'object',
  additionalProperties: false,
  required: ['schema', 'classroom', 'assignment', 'submission', 'datetime', 'score', 'tests'],
  properties: {
    schema: { const: 'classroom50/result/v1' },
    ...{ classroom: text, assignment: text, submission: text, commit: text, release: text },
    ...{ review: text, score: whole, 'max-score': whole },
    datetime: { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z$' },
    tests: {
      type: 'array',
      items: {
        type: 'object',
        required: ['test-name', 'passed', 'score', 'max-score'],
        properties: {
          ...{ 'test-name': text, passed: { type: 'boolean' }, score: whole, 'max-score': whole },
        },
      },
    },
  },
};
const isDocumented = new Ajv().compile(documented);

const variables = {
  ...{ CLASSROOM: 'ml', ASSIGNMENT: 'sunspots', SUBMISSION_TAG: 'submission/1' },
  ...{ COMMIT_URL: 'https://c', RELEASE_URL: 'https://r', REVIEW_URL: 'https://v' },
};

afterEach(() => {
  for (const name of Object.keys(variables)) Reflect.deleteProperty(process.env, name);
});

test('the best of each problem is a test, and the workflow names the submission', () => {
  Object.assign(process.env, variables);
  const best = { ...gradedAs('regression'), handIn: handedIn(candidate('anna')) };
  const worse = { ...best, report: { ...best.report, points: 1 as const } };
  const outcomes = { graded: [worse, best, gradedAs('invalid')], minPoints: 3 };
  const result: unknown = JSON.parse(classroom50.render(outcomesWith(outcomes)));
  expect(isDocumented(result) || isDocumented.errors).toBe(true);
  expect(result).toMatchObject({
    ...{ classroom: 'ml', assignment: 'sunspots', submission: 'submission/1' },
    ...{ commit: 'https://c', release: 'https://r', review: 'https://v' },
    ...{ score: 3, 'max-score': 10 },
    tests: [
      { 'test-name': 'regression: anna', passed: true, score: 3, 'max-score': 5 },
      { passed: false, score: 0 },
    ],
  });
});

test('what was not judged keeps the file from being written', () => {
  const outcomes = outcomesWith({ graded: [gradedAs('interrupted')] });
  expect(() => classroom50.render(outcomes)).toThrow('could not be judged');
});
