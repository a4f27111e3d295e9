import { beforeEach, expect, test } from '@jest/globals';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tasks } from '../../grader/contract/task.ts';
import { cacheWithEngine } from '../support/program-copy.ts';
import { gradeAsJson, runGrader } from '../support/run-grader.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

let cwd = '';
let env: Record<string, string> = {};

beforeEach(() => {
  cwd = temporaryFolder();
  env = { GRADER_CACHE: cacheWithEngine(cwd), NO_COLOR: '1' };
});

const run = (...words: string[]) => runGrader(words, { cwd, env });

test.each(tasks)(
  'a new problem of %s is valid, its starter has 0 points and its reference 5',
  async (task) => {
    const made = await run('problem', 'new', 'mine', '--task', task, '--dir', 'exam');
    expect(made.exitCode).toBe(0);
    expect(made.stdout).toContain('Next: grader problem validate exam/mine');
    const checked = await run('problem', 'validate', 'mine', '--problems', 'exam');
    expect(checked.stdout).toMatch(/mine: usable, 0 errors, 1 warning\.$/);
    expect(checked.exitCode).toBe(0);
    const grade = (name: string) =>
      gradeAsJson(['mine', `exam/mine/${name}.ts`, '--problems', 'exam', '--out', name], {
        cwd,
        env,
      });
    const points = [
      (await grade('starter')).report.points,
      (await grade('reference')).report.points,
    ];
    expect(points).toEqual([0, 5]);
  },
);

test('a statement is shown with the figures of problem.json, in the language that is asked for', async () => {
  await run('problem', 'new', 'mine', '--task', 'classification');
  const { stdout } = await run('show', 'mine', '--problems', '.');
  expect(stdout).toContain('- Input `[2]`, float32.');
  expect(stdout).toContain('| accuracy | >= 0.85 | >= 0.8 | >= 0.75 | >= 0.7 | >= 0.65 |');
  expect(stdout).toContain('`first`, `second`, `third`');
  expect(stdout).not.toContain('{{');
  const file = join(cwd, 'mine/problem.json');
  writeFileSync(file, readFileSync(file, 'utf8').replace('0.85', '0.88'));
  const changed = await run('show', 'mine', '--problems', '.', '--lang', 'ko');
  expect(changed.stdout).toContain(
    '| 점수 | 5 | 4 | 3 | 2 | 1 |\n| --- | --- | --- | --- | --- | --- |\n| 정확도 | >= 0.88 |',
  );
});

test('files of a data set are copied and listed with their hashes', async () => {
  writeFileSync(join(cwd, 'tides.csv'), 'hour,level\n0,1\n');
  const made = await run('problem', 'new', 'tides', '--data', 'tides.csv');
  expect(made.stdout).toContain('tides/data/tides.csv');
  const { dataset } = JSON.parse(readFileSync(join(cwd, 'tides/problem.json'), 'utf8')) as {
    dataset: { variants: unknown };
  };
  expect(dataset.variants).toMatchObject([{ files: [{ name: 'tides.csv', bytes: 15 }] }]);
});

test.each([
  [['problem', 'new', 'sunspots'], 'The grader has a problem "sunspots" of its own.'],
  [['problem', 'new', '../up'], "A problem's name is made of a to z"],
  [['problem', 'new', 'there'], 'is there already'],
  [['problem', 'new', 'mine', '--data', 'nowhere.csv'], 'nowhere.csv is no file.'],
  [['problem', 'new', 'mine', '--task', 'guess'], 'Allowed choices are'],
  [['problem', 'validate', 'nowhere'], 'No problem "nowhere".'],
])('%j is wrong usage and leaves nothing', async (words, told) => {
  mkdirSync(join(cwd, 'there'));
  const before = readdirSync(cwd);
  const { exitCode, stderr } = await run(...words);
  expect(exitCode).toBe(2);
  expect(stderr).toContain(told);
  expect(readdirSync(cwd)).toEqual(before);
  expect(existsSync(join(cwd, '..', 'up'))).toBe(false);
});
