import { expect, test } from '@jest/globals';
import type { Fault, Verdict } from '../../grader/contract.ts';
import {
  gravest,
  rowOf,
  rowOfFailure,
  verdictOf,
  verdicts,
} from '../../grader/contract/verdicts.ts';

test('the table of verdicts, in the order of precedence', () => {
  const table = verdicts.map(({ id, blame, points, countsAsAttempt, exitCode }) =>
    [id, blame ?? '-', points ?? 'null', countsAsAttempt ? 'attempt' : '-', exitCode].join(' '),
  );
  expect(table).toEqual([
    'interrupted - null - 130',
    'grader-fault grader null - 6',
    'machine-fault machine null - 6',
    'package-fault package null - 5',
    'wrong-usage usage null - 2',
    'limit-exceeded candidate 0 attempt 4',
    'crashed candidate 0 attempt 3',
    'invalid-submission candidate 0 attempt 3',
    'below-pass-mark - scored attempt 1',
    'passed - scored attempt 0',
  ]);
});

test('points are null exactly where nothing counts as an attempt', () => {
  for (const { points, countsAsAttempt } of verdicts) expect(points !== null).toBe(countsAsAttempt);
});

test.each<[Fault, string, Verdict]>([
  ['interrupted', 'interrupted', 'interrupted'],
  ['grader', 'internal', 'grader-fault'],
  ['machine', 'child-died', 'machine-fault'],
  ['package', 'problem-data', 'package-fault'],
  ['usage', 'no-such-file', 'wrong-usage'],
  ['limit', 'killed', 'limit-exceeded'],
  ['candidate', 'crash', 'crashed'],
  ['candidate', 'not-json', 'invalid-submission'],
])('a failure with fault %s and code %s is %s', (fault, code, verdict) => {
  expect(rowOfFailure({ fault, code }).id).toBe(verdict);
  const facts = { failure: { fault, code }, isInterrupted: false, reachesPassMark: true };
  expect(verdictOf(facts).id).toBe(verdict);
});

test('an interruption comes before whatever else there is, and the pass mark last', () => {
  const failure = { fault: 'candidate', code: 'loss-not-finite' } as const;
  const facts = { failure, isInterrupted: true, reachesPassMark: true };
  expect(verdictOf(facts).id).toBe('interrupted');
  expect(verdictOf({ ...facts, failure: null }).id).toBe('interrupted');
  const whole = { failure: null, isInterrupted: false };
  expect(verdictOf({ ...whole, reachesPassMark: true }).id).toBe('passed');
  expect(verdictOf({ ...whole, reachesPassMark: false }).id).toBe('below-pass-mark');
});

test('of several the gravest is the first of the table', () => {
  expect(gravest(['passed', 'package-fault', 'crashed'])).toBe(rowOf('package-fault'));
  expect(gravest([])).toBeNull();
});
