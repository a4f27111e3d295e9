import { expect, test } from '@jest/globals';
import { execa } from 'execa';
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { GradeReport } from '../../grader/contract.ts';
import { packageRoot } from '../../grader/package-root.ts';
import { cacheWithEngine } from '../support/program-copy.ts';
import { waitForProcesses } from '../support/processes.ts';
import { runGrader, type CheckJson } from '../support/run-grader.ts';
import { writeRecipe } from '../support/simple-recipe.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** Submissions for regression: a slow one, a quick one, a refused one, a quick one. */
function folderOfFour(): string {
  const cwd = temporaryFolder();
  const folder = join(cwd, 'regression');
  mkdirSync(folder);
  writeRecipe(folder, { fit: 'epochs: 40' }, 'a-slow.ts');
  writeRecipe(folder, { fit: 'epochs: 2' }, 'b-quick.ts');
  writeRecipe(folder, { fit: 'epoch: 1' }, 'c-refused.ts');
  cpSync(join(packageRoot, 'test/recipes/linear.ts'), join(folder, 'd-line.ts'));
  return cwd;
}

const files = ['a-slow.ts', 'b-quick.ts', 'c-refused.ts', 'd-line.ts'];

test('several at once give the reports, in the same order, that one at a time give', async () => {
  const cwd = folderOfFour();
  const read = async (...words: string[]) => {
    const args = ['check', '.', '--threads', '1', '--json', '--junit', 'junit.xml', ...words];
    const { exitCode, stdout } = await runGrader(args, { cwd });
    return { exitCode, reports: (JSON.parse(stdout) as CheckJson).reports };
  };
  const together = await read('--jobs', '3', '--out', 'three');
  const names = [...readFileSync(join(cwd, 'junit.xml'), 'utf8').matchAll(/[a-d]-\w+\.ts/g)];
  const alone = await read('--out', 'one');
  expect(together.exitCode).toBe(1);
  expect(alone.exitCode).toBe(1);
  expect(together.reports.map(({ submission }) => submission.file)).toEqual(
    files.map((file) => `regression/${file}`),
  );
  expect([...new Set(names.map(([name]) => name))]).toEqual(files);
  const results = (reports: readonly GradeReport[]) =>
    reports.map(({ verdict, points, score }) => ({ verdict, points, score }));
  expect(results(together.reports)).toEqual(results(alone.reports));
  const threads = together.reports.map(({ environment }) => environment.threads);
  expect(threads).toEqual([1, 1, undefined, 1]);
});

test('progress names its submission, and each outcome comes in one piece under its heading', async () => {
  const cwd = folderOfFour();
  const words = ['check', '.', '--jobs', '2', '--out', 'out', '--min-points', '0'];
  const { stdout, stderr } = await runGrader(words, { cwd });
  const ofClass = /^(4 submissions of 4 candidates|[1-3] of 4), about .+$/;
  for (const line of stderr.split('\n').filter((each) => each !== '' && !ofClass.test(each))) {
    expect(line).toMatch(/^regression-[a-d]-\w+: /);
  }
  const blocks = stdout.split(/^regression: .*[\\/](?=\S+\.ts$)/m).slice(1);
  expect(blocks.map((block) => block.split('\n')[0]).sort()).toEqual(files);
  for (const block of blocks) expect(block.match(/^Report /gm)).toHaveLength(1);
  const lines = stdout.trimEnd().split('\n');
  const table = lines.filter((line) => /^regression: .*\d\/5 /.test(line));
  expect(table.map((line) => line.split(/ {2,}/)[0])).toEqual(
    files.map((file) => `regression: regression/${file}`),
  );
});

test('the cores are shared among the jobs where no number of threads is given', async () => {
  const cwd = temporaryFolder();
  writeRecipe(cwd, {}, 'regression.ts');
  const words = ['check', '.', '--jobs', '64', '--json', '--out', 'out', '--min-points', '0'];
  const { stdout, stderr } = await runGrader(words, { cwd });
  const [report] = (JSON.parse(stdout) as CheckJson).reports;
  const share = Math.max(Math.floor(availableParallelism() / 64), 1);
  expect(report?.environment.threads).toBe(share);
  expect(stderr).not.toContain('Warning');
});

test('Ctrl-C ends all jobs, keeps what was done and starts nothing new', async () => {
  const cwd = temporaryFolder();
  const env = { GRADER_CACHE: cacheWithEngine(cwd) };
  mkdirSync(join(cwd, 'regression'));
  const endless = readFileSync(join(packageRoot, 'test/recipes/endless.ts'), 'utf8');
  for (const name of ['a', 'b', 'c']) {
    writeFileSync(join(cwd, 'regression', `${name}.ts`), endless);
  }
  const words = ['check', '.', '--jobs', '2', '--out', 'out', '--junit', 'junit.xml'];
  const child = execa(process.execPath, [join(packageRoot, 'grader/launch.js'), ...words], {
    ...{ cwd, env, reject: false, stdin: 'ignore', timeout: 1_800_000 },
  });
  const seen = new Set<string>();
  for await (const line of createInterface({ input: child.stderr })) {
    const [, label] = /^(\S+): Epoch (?!1\/)/.exec(line) ?? [];
    if (label !== undefined) seen.add(label);
    if (seen.size === 2) break;
  }
  child.kill('SIGINT');
  expect((await child).exitCode).toBe(130);
  for (const name of ['regression-a', 'regression-b']) {
    const text = readFileSync(join(cwd, 'out', name, 'report.json'), 'utf8');
    const report = JSON.parse(text) as GradeReport;
    expect(report.verdict).toBe('interrupted');
    expect(report.points).toBeNull();
    expect(report.score).not.toBeNull();
  }
  expect(existsSync(join(cwd, 'out', 'regression-c'))).toBe(false);
  expect(readFileSync(join(cwd, 'junit.xml'), 'utf8')).toContain(
    'tests="3" failures="0" errors="0" skipped="3"',
  );
  expect(await waitForProcesses(join(cwd, 'cache', 'engine'), 0)).toEqual([]);
});

test('a result that cannot be written does not keep the others from being graded', async () => {
  const cwd = folderOfFour();
  mkdirSync(join(cwd, 'out'));
  writeFileSync(join(cwd, 'out', 'regression-b-quick'), 'a file where a folder is needed');
  const words = ['check', '.', '--jobs', '2', '--out', 'out', '--junit', 'junit.xml'];
  const { exitCode, stderr } = await runGrader(words, { cwd });
  // `--out` names a folder with a file in the way.
  expect(exitCode).toBe(6);
  expect(stderr).toContain('regression-b-quick');
  for (const name of ['regression-a-slow', 'regression-c-refused', 'regression-d-line']) {
    expect(existsSync(join(cwd, 'out', name, 'report.json'))).toBe(true);
  }
  const xml = readFileSync(join(cwd, 'junit.xml'), 'utf8');
  for (const file of files) expect(xml).toContain(file);
  expect(xml).toContain('errors="1"');
});

test.each(['0', '65', 'many'])('--jobs %s is misuse', async (jobs) => {
  const { exitCode, stderr } = await runGrader(['check', '.', '--jobs', jobs], {
    cwd: temporaryFolder(),
  });
  expect(exitCode).toBe(2);
  expect(stderr).toContain('--jobs <n>');
});
