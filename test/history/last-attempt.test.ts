import { expect, test } from '@jest/globals';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findLastAttempt } from '../../grader/history/last-attempt.ts';
import { golden } from '../report/golden.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const report = golden('sunspots');
const sought = { problem: report.problem, name: 'sunspots.ts', sample: false };

function leave(folder: string, left: object, bytes: number): string {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'report.json'), JSON.stringify(left));
  writeFileSync(join(folder, 'predictions.f32'), new Uint8Array(bytes));
  return folder;
}

const bytes = 4 * (report.score?.rows ?? 0);

test('the folder that is written again has the last attempt, with what it predicted', async () => {
  const out = leave(join(temporaryFolder(), 'out'), report, bytes);
  const found = await findLastAttempt({ ...sought, out });
  expect(found?.folder).toBe('out');
  expect(found?.attempt.score.value).toBe(report.score?.value);
  expect(found?.predictions?.shape).toEqual([report.score?.rows, 1]);
});

test.each([
  ['of another problem', { problem: { ...report.problem, id: 'tides' } }],
  ['of another version', { problem: { ...report.problem, version: 2 } }],
  ['of another submission', { submission: { ...report.submission, file: 'other.ts' } }],
  ['on sample data', { data: { ...report.data, sample: true } }],
  ['that does not count', { countsAsAttempt: false }],
  ['without a score', { score: null }],
])('an attempt %s is none to compare with', async (_, other) => {
  const out = leave(join(temporaryFolder(), 'out'), { ...report, ...other }, bytes);
  expect(await findLastAttempt({ ...sought, out })).toBeNull();
});

test('predictions of another size are not compared', async () => {
  const out = leave(join(temporaryFolder(), 'out'), report, bytes - 4);
  expect((await findLastAttempt({ ...sought, out }))?.predictions).toBeNull();
});
