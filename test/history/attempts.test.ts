import { expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findAttempts } from '../../grader/history/attempts.ts';
import { golden, goldenNames } from '../report/golden.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

function resultFolder(results: string, name: string, report: object | string): void {
  mkdirSync(join(results, name));
  const text = typeof report === 'string' ? report : JSON.stringify(report, null, 2);
  writeFileSync(join(results, name, 'report.json'), text);
}

test('attempts of every kind of report are found, oldest first, or those of one problem', async () => {
  const results = temporaryFolder();
  goldenNames.forEach((name, index) =>
    resultFolder(results, name, { ...golden(name), startedAt: `2026-08-1${9 - index}T09:00:00Z` }),
  );
  const { attempts, skipped } = await findAttempts(results, null);
  expect(skipped).toEqual([]);
  expect(attempts.map(({ folder }) => folder)).toEqual(
    [...goldenNames].reverse().map((name) => join(results, name)),
  );
  const ofSunspots = await findAttempts(results, 'sunspots');
  expect(ofSunspots.attempts.map(({ attempt }) => attempt.submission.file)).toEqual([
    ...['sunspots-window-mean.h5', 'classes.ts', 'sunspots.ts'],
  ]);
});

test('what is no report of ours, or not whole, is named and left out', async () => {
  const results = temporaryFolder();
  const report = golden('sunspots');
  resultFolder(results, 'whole', report);
  resultFolder(results, 'cut', JSON.stringify(report).slice(0, 4000));
  resultFolder(results, 'newer', { ...report, version: 2 });
  resultFolder(results, 'foreign', { format: 'coverage' });
  resultFolder(results, 'list', '[1, 2]');
  resultFolder(results, 'null', 'null');
  resultFolder(results, 'edited', { ...report, points: 'all of them' });
  mkdirSync(join(results, 'under-way'));
  mkdirSync(join(results, 'folder', 'report.json'), { recursive: true });
  mkdirSync(join(results, 'pipe'));
  execFileSync('mkfifo', [join(results, 'pipe', 'report.json')]);
  symlinkSync(join(results, 'nowhere'), join(results, 'dangling'));
  writeFileSync(join(results, 'junit.xml'), '<testsuites/>');
  const { attempts, skipped } = await findAttempts(results, null);
  expect(attempts.map(({ folder }) => folder)).toEqual([join(results, 'whole')]);
  expect(Object.fromEntries(skipped.map((each) => [each.folder, each.reason]))).toEqual({
    [join(results, 'cut')]: 'broken',
    [join(results, 'newer')]: 'newer',
    [join(results, 'foreign')]: 'foreign',
    [join(results, 'list')]: 'foreign',
    [join(results, 'null')]: 'foreign',
    [join(results, 'edited')]: 'other-parts',
    [join(results, 'under-way')]: 'no-report',
    [join(results, 'folder')]: 'foreign',
    [join(results, 'pipe')]: 'foreign',
    [join(results, 'dangling')]: 'no-report',
  });
});

test('a report of another grader is an attempt where its other parts are not known', async () => {
  const results = temporaryFolder();
  const report = { ...golden('sunspots'), findings: [{ id: 'of-tomorrow' }], weather: 'fair' };
  resultFolder(results, 'one', report);
  expect((await findAttempts(results, null)).attempts).toHaveLength(1);
});

test('without a folder of results there are none', async () => {
  expect(await findAttempts(join(temporaryFolder(), 'results'), null)).toEqual({
    ...{ attempts: [], skipped: [] },
  });
});
