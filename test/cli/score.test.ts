import { beforeEach, expect, test } from '@jest/globals';
import { existsSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GradeReport } from '../../grader/contract.ts';
import { checkReport } from '../../grader/report/schema.ts';
import { definitionWith, writeProblem } from '../support/outside-problem.ts';
import { cacheWithEngine } from '../support/program-copy.ts';
import { gradeAsJson, runGrader } from '../support/run-grader.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

let cwd = '';
let env: Record<string, string> = {};
const more = ['--problems', 'more'];

const run = (...words: string[]) =>
  runGrader([...words, ...(words[0] === 'history' ? [] : more)], { cwd, env });
const change = (changes: object) =>
  writeProblem(join(cwd, 'more'), { 'problem.json': definitionWith(changes) });
const reportIn = (folder: string): GradeReport =>
  checkReport(JSON.parse(readFileSync(join(cwd, folder, 'report.json'), 'utf8')));

const bars = (values: readonly number[]) => ({
  profiles: {
    strict: {
      ...{ title: 'strict', source: 'by hand', inclusive: true },
      bars: values.map((value, index) => ({ points: 5 - index, value })),
    },
  },
});

beforeEach(async () => {
  cwd = temporaryFolder();
  env = { GRADER_CACHE: cacheWithEngine(cwd), NO_COLOR: '1' };
  writeProblem(join(cwd, 'more'));
  await gradeAsJson(['plane', 'more/plane/starter.ts', ...more, '--out', 'first'], { cwd, env });
  // Whoever scores needs no TensorFlow.
  rmSync(join(cwd, 'cache'), { recursive: true });
});

test('predictions are scored again by other bars and another metric, and the report says what changed', async () => {
  const first = reportIn('first');
  expect(first).toMatchObject({ verdict: 'passed', points: 5 });
  const before = readFileSync(join(cwd, 'first/report.json'), 'utf8');

  const same = await run('score', 'first', '--out', 'same');
  expect(same.exitCode).toBe(0);
  expect(same.stdout).toMatch(
    /^Again .* were scored again; nothing was trained\. Nothing has changed\.$/m,
  );
  expect(reportIn('same').score).toEqual(first.score);

  change({ version: 4, ...bars([1e-12, 2e-12, 3e-12, 4e-12, 5e-12]) });
  const harder = await run('score', 'first/report.json', '--out', 'harder');
  expect(harder.exitCode).toBe(1);
  expect(harder.stdout).toMatch(
    /^Again .* points 5\/5 → 0\/5; asked for 5 of 5 ≤ 0\.1000 → ≤ [^;]*; .*problem's version 3 → 4\.$/m,
  );
  expect(reportIn('harder')).toMatchObject({
    ...{ verdict: 'below-pass-mark', points: 0, problem: { version: 4 }, failure: null },
    training: first.training,
    scoredBefore: {
      ...{ finishedAt: first.finishedAt, problemVersion: 3, points: 5 },
      ...{ profile: first.profile, value: first.score?.value },
    },
  });
  const page = readFileSync(join(cwd, 'harder/report.html'), 'utf8');
  expect(page).toContain('<h2>Scored again</h2>');
  expect(page).toMatch(/<th scope='row'>points<\/th><td>5\/5<\/td><td>0\/5<\/td>/);

  change({ metric: { id: 'rmse', unit: 'm' } });
  expect((await run('score', 'harder', '--out', 'squared')).exitCode).toBe(0);
  const squared = reportIn('squared');
  expect(squared.scoredBefore).toMatchObject({ points: 0, metric: { id: 'mae' } });
  expect(squared.score?.value).toBeGreaterThan(first.score?.value ?? Infinity);

  const history = await run('history', '--results', '.', '--lang', 'en');
  expect(history.stdout.match(/\d \(scored again\) /g)).toHaveLength(3);
  const { attempts } = JSON.parse((await run('history', '--results', '.', '--json')).stdout) as {
    attempts: readonly { folder: string; scoredAgain: boolean; countsAsAttempt: boolean }[];
  };
  const counted = attempts.filter(({ countsAsAttempt }) => countsAsAttempt);
  expect(counted).toMatchObject([{ folder: 'first', scoredAgain: false }]);
  expect(attempts.filter(({ scoredAgain }) => scoredAgain)).toHaveLength(3);

  expect(readFileSync(join(cwd, 'first/report.json'), 'utf8')).toBe(before);
  expect(existsSync(join(cwd, 'cache/tensorflow'))).toBe(false);
});

test('what cannot be scored again is told, and nothing is written', async () => {
  const refusal = async (result: string, ...words: string[]) => {
    const { exitCode, stderr } = await run('score', result, ...words);
    expect([exitCode, existsSync(join(cwd, 'results'))]).toEqual([2, false]);
    return stderr;
  };
  expect(await refusal('more')).toContain('more is no result folder: it has no report.json.');
  expect(await refusal('first', '--out', 'first')).toContain('it stays as it is');
  expect(await refusal('first', '--profile', 'exam')).toContain('has no profile "exam"');
  change({ task: 'forecast' });
  expect(await refusal('first')).toContain('the problem plane is now a forecast');
  const dataTs = readFileSync(join(cwd, 'more/plane/data.ts'), 'utf8');
  writeProblem(join(cwd, 'more'), {
    'data.ts': dataTs.replace('heldOut: part(2)', 'heldOut: part(1)'),
  });
  expect(await refusal('first')).toContain('its targets are no longer those');
  writeProblem(join(cwd, 'more'));
  truncateSync(join(cwd, 'first/predictions.f32'), 12);
  expect(await refusal('first')).toContain('its 20 rows do not fit 12 bytes of predictions');
  rmSync(join(cwd, 'first/predictions.f32'));
  expect(await refusal('first')).toContain('first has no predictions.f32');
  writeFileSync(join(cwd, 'first/report.json'), '{}');
  expect((await run('score', 'first')).stderr).toContain(
    'does not follow grade-report.schema.json',
  );
});
