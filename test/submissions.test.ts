import { expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../grader/package-root.ts';
import { gradeAsJson } from './support/run-grader.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

interface Expected {
  readonly args?: readonly string[];
  readonly exitCode: number;
  readonly verdict: string;
  /** Lowest and highest, or null when nothing may be graded. */
  readonly points: readonly [number, number] | null;
  readonly failureCode?: string;
}

const folder = join(packageRoot, 'test', 'submissions');

for (const problem of readdirSync(folder)) {
  for (const name of readdirSync(join(folder, problem))) {
    test(`the ${name} submission to ${problem} gets its known verdict`, async () => {
      const directory = join(folder, problem, name);
      const expected = readExpected(directory);
      const args = [problem, fileIn(directory), ...(expected.args ?? [])];
      const { report, exitCode } = await gradeAsJson(args, { cwd: temporaryFolder() });
      const { verdict, failure } = report;
      expect({ exitCode, verdict, failureCode: failure?.code }).toEqual({
        exitCode: expected.exitCode,
        verdict: expected.verdict,
        failureCode: expected.failureCode,
      });
      checkPoints(report.points, expected.points);
    });
  }
}

function readExpected(directory: string): Expected {
  return JSON.parse(readFileSync(join(directory, 'expect.json'), 'utf8')) as Expected;
}

function fileIn(directory: string): string {
  const name = readdirSync(directory).find((file) => file !== 'expect.json');
  return join(directory, name ?? 'nothing');
}

function checkPoints(points: number | null, expected: Expected['points']): void {
  if (expected === null) {
    expect(points).toBeNull();
    return;
  }
  expect(points).toBeGreaterThanOrEqual(expected[0]);
  expect(points).toBeLessThanOrEqual(expected[1]);
}
