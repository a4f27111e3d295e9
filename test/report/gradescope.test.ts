import { expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import { classroom50 } from '../../grader/report/classroom50.ts';
import { gradescope } from '../../grader/report/gradescope.ts';
import type { Outcomes } from '../../grader/report/export-format.ts';
import { gradedAs, outcomesWith } from './outcomes.ts';

const text = { type: 'string' } as const;
const visibility = { enum: ['hidden', 'after_due_date', 'after_published', 'visible'] } as const;
const format = { enum: ['text', 'html', 'simple_format', 'md', 'ansi'] } as const;

function object(properties: object, required: readonly string[]): object {
  return { type: 'object', additionalProperties: false, required, properties };
}

/** What https://gradescope-autograders.readthedocs.io/en/latest/specs/ says of results.json. */
const documented = object(
  {
    ...{ score: { type: 'number' }, execution_time: { type: 'number' }, output: text },
    ...{ output_format: format, test_output_format: format, test_name_format: format },
    ...{ visibility, stdout_visibility: visibility, extra_data: { type: 'object' } },
    tests: {
      type: 'array',
      items: object(
        {
          ...{ score: { type: 'number' }, max_score: { type: 'number' } },
          ...{ status: { enum: ['passed', 'failed'] }, name: text, name_format: format },
          ...{ number: text, output: text, output_format: format },
          ...{ tags: { type: 'array', items: text }, visibility, extra_data: { type: 'object' } },
        },
        // Where no score stands at the top.
        ['score'],
      ),
    },
    leaderboard: {
      type: 'array',
      items: object(
        { name: text, value: { type: ['number', 'string'] }, order: { enum: ['asc', 'desc'] } },
        ['name', 'value'],
      ),
    },
  },
  ['tests'],
);
const isDocumented = new Ajv({ allowUnionTypes: true }).compile(documented);

function rendered(outcomes: Partial<Outcomes>): unknown {
  return JSON.parse(gradescope.render(outcomesWith({ minPoints: 3, ...outcomes })));
}

test('scores, what is told and the metric stand in fields that Gradescope knows', () => {
  const results = rendered({ graded: [gradedAs('regression'), gradedAs('invalid')] });
  expect(isDocumented(results) || isDocumented.errors).toBe(true);
  expect(results).toMatchObject({
    tests: [
      { name: 'regression: regression.ts', score: 3, max_score: 5, status: 'passed' },
      { score: 0, status: 'failed', output: expect.stringContaining('Invalid submission') },
    ],
    leaderboard: [{ name: expect.stringContaining(': mean squared error'), order: 'asc' }],
  });
});

test('what may be a submission and was not graded has 0 points, what is none has no test', () => {
  const one = { problem: null, handIn: null, code: 'not-graded', message: 'no name of a problem' };
  const missed = { ...one, name: 'anna\u001b.h5', outcome: 'failure' } as const;
  const skipped = { ...one, name: 'README.md', outcome: 'skipped' } as const;
  const results = rendered({ ungraded: [missed, skipped] });
  expect(isDocumented(results) || isDocumented.errors).toBe(true);
  expect(results).toMatchObject({ tests: [{ score: 0, output: 'no name of a problem' }] });
  expect(JSON.stringify(results)).not.toContain('\\u001b');
});

test('a submission that was not judged keeps the file from being written', () => {
  expect(() => rendered({ graded: [gradedAs('interrupted')] })).toThrow('could not be judged');
  const waiting = { problem: 'sunspots', handIn: null, message: '', outcome: 'skipped' } as const;
  const ungraded = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => {
    return { ...waiting, name, code: 'time-budget' };
  });
  const judged = { graded: [gradedAs('regression')], ungraded };
  expect(() => rendered(judged)).toThrow('not written: a, b, c, d, e and 1 more could not');
  expect(() => classroom50.render(outcomesWith(judged))).toThrow('e and 1 more could not');
});
