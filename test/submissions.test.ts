import { beforeAll, expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { rowOf } from '../grader/contract/verdicts.ts';
import { packageRoot } from '../grader/package-root.ts';
import { type Checked, checkAll } from './support/check-all.ts';

interface Expected {
  readonly exitCode: number;
  readonly verdict: string;
  /** Lowest and highest, or null when nothing may be graded. */
  readonly points: readonly [number, number] | null;
  readonly failureCode?: string;
}

const folder = join(packageRoot, 'test', 'submissions');

const submissions = readdirSync(folder).flatMap((problem) =>
  readdirSync(join(folder, problem)).map((kind) => {
    const directory = join(folder, problem, kind);
    const file = readdirSync(directory).find((each) => each !== 'expect.json') ?? 'nothing';
    return {
      ...{ problem, kind, name: `${kind}${extname(file)}` },
      content: readFileSync(join(directory, file)),
      expected: readExpected(directory),
    };
  }),
);

let checked: Checked;

beforeAll(async () => {
  checked = await checkAll(submissions, { words: ['--sample'] });
});

test.each(submissions)(
  'the $kind submission to $problem gets its known verdict',
  ({ problem, name, expected }) => {
    const { verdict, failure, points } = checked.result(problem, name).report;
    expect({ exitCode: rowOf(verdict).exitCode, verdict, failureCode: failure?.code }).toEqual({
      exitCode: expected.exitCode,
      verdict: expected.verdict,
      failureCode: expected.failureCode,
    });
    checkPoints(points, expected.points);
  },
);

function readExpected(directory: string): Expected {
  return JSON.parse(readFileSync(join(directory, 'expect.json'), 'utf8')) as Expected;
}

function checkPoints(points: number | null, expected: Expected['points']): void {
  if (expected === null) {
    expect(points).toBeNull();
    return;
  }
  expect(points).toBeGreaterThanOrEqual(expected[0]);
  expect(points).toBeLessThanOrEqual(expected[1]);
}
