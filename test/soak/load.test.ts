import { expect, test } from '@jest/globals';
import { execa } from 'execa';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { GradeReport } from '../../grader/contract.ts';
import { checkReport } from '../../grader/report/schema.ts';
import { resultFoldersIn } from '../support/check-all.ts';
import { copyProgram } from '../support/program-copy.ts';
import type { CheckJson } from '../support/run-grader.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import {
  reportIn,
  temporaryFoldersIn,
  unfinishedIn,
  untilGone,
  watchProcess,
} from './leftovers.ts';
import { mixedSubmissions, writeSubmissions, type MixedSubmission } from './submissions.ts';

// `npm run test:soak` takes 200 submissions and about ten minutes.

const count = process.env['GRADER_TEST_SOAK'] ? 200 : 16;

test(`${count} mixed submissions, two at a time: each its verdict, and nothing is left`, async () => {
  const cwd = temporaryFolder();
  const { root } = copyProgram(cwd);
  const temporary = join(cwd, 'tmp');
  mkdirSync(temporary);
  const expected = writeSubmissions(join(cwd, 'in'), mixedSubmissions(count));
  const words = ['check', 'in', '--jobs', '2', '--sample', '--time-limit', '4', '--out', 'out'];
  const start = performance.now();
  const child = execa(process.execPath, [join(root, 'grader/launch.js'), ...words, '--json'], {
    ...{ cwd, reject: false, stdin: 'ignore', maxBuffer: 2 ** 28 },
    env: { GRADER_CACHE: join(cwd, 'cache'), TMPDIR: temporary, NO_COLOR: '1' },
  });
  const watched = watchProcess(child.pid ?? 0);
  const { exitCode, stdout } = await child;
  watched.stop();
  const seconds = (performance.now() - start) / 1000;
  const left = await untilGone(root);
  const reports = (JSON.parse(stdout) as CheckJson).reports.map(checkReport);
  const mebibytes = (from: number, to: number) =>
    Math.round(watched.median('residentBytes', from, to) / 2 ** 20);
  console.log(
    `${count} submissions in ${seconds.toFixed(0)} s: ${countsOf(reports)}; the grader's own memory ` +
      `${mebibytes(0.25, 0.5)} MiB in the second quarter, ${mebibytes(0.75, 1)} MiB in the last; ` +
      `files ${watched.median('files', 0.25, 0.5)} and ${watched.median('files', 0.75, 1)}, ` +
      `sockets ${watched.median('sockets', 0.25, 0.5)} and ${watched.median('sockets', 0.75, 1)}`,
  );
  expect(exitCode).toBe(1);
  expect(reports).toHaveLength(count);
  expect(surprises(reports, [...expected])).toEqual([]);
  expect(left).not.toBeNull();
  expect(temporaryFoldersIn(temporary)).toEqual([]);
  expect(unfinishedIn(join(cwd, 'out'))).toEqual([]);
  expect(readdirSync(join(cwd, 'cache', 'rooms'))).toEqual([]);
  const folders = resultFoldersIn(join(cwd, 'out'));
  expect(folders).toHaveLength(count);
  for (const folder of folders) expect(reportIn(join(cwd, 'out', folder))).not.toBeNull();
  if (count < 100) return;
  // What one grading leaves would be there many times over.
  expect(mebibytes(0.75, 1)).toBeLessThan(1.3 * mebibytes(0.25, 0.5) + 32);
  const more = watched.median('files', 0.75, 1) - watched.median('files', 0.25, 0.5);
  expect(more).toBeLessThan(10);
}, 3_600_000);

function surprises(
  reports: readonly GradeReport[],
  expected: readonly (readonly [string, MixedSubmission])[],
): readonly string[] {
  return expected.flatMap(([path, { verdicts }]) => {
    const report = reports.find(({ submission }) => path.endsWith(`/${submission.file}`));
    if (report && verdicts.includes(report.verdict)) return [];
    const came = report ? `${report.verdict}: ${report.failure?.message}` : 'no report';
    return [`${path}: ${verdicts.join(' or ')} expected, ${came}`];
  });
}

function countsOf(reports: readonly GradeReport[]): string {
  const counts = new Map<string, number>();
  for (const { verdict } of reports) counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
  return [...counts].map(([verdict, times]) => `${times} ${verdict}`).join(', ');
}
