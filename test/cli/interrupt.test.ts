import { expect, test } from '@jest/globals';
import { execa } from 'execa';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { GradeReport } from '../../grader/contract.ts';
import { packageRoot } from '../../grader/package-root.ts';
import { processTree } from '../../grader/process/tree.ts';
import { areGone, childrenOf } from '../support/processes.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** Starts a training without end and waits until some epochs are done. */
async function startTraining(cwd: string) {
  const program = join(packageRoot, 'grader', 'launch.js');
  const recipe = join(packageRoot, 'test', 'recipes', 'endless.ts');
  const child = execa(process.execPath, [program, 'grade', 'regression', recipe, '--out', 'out'], {
    cwd,
    reject: false,
    stdin: 'ignore',
    timeout: 1_800_000,
    // Not killed where a busy machine takes more than execa's five seconds to end it.
    forceKillAfterDelay: false,
  });
  for await (const line of createInterface({ input: child.stderr })) {
    if (/^Epoch (?!1\/)/.test(line)) break;
  }
  // In an object, since a child process is a promise of its own end.
  return { child };
}

test('the first Ctrl-C grades the last whole epoch and ends with 130', async () => {
  const cwd = temporaryFolder();
  const { child } = await startTraining(cwd);
  child.kill('SIGINT');
  const { exitCode } = await child;
  expect(exitCode).toBe(130);
  const report = JSON.parse(readFileSync(join(cwd, 'out/report.json'), 'utf8')) as GradeReport;
  expect(report.verdict).toBe('interrupted');
  expect(report).toMatchObject({ points: null, countsAsAttempt: false });
  expect(report.score?.points).toBeGreaterThanOrEqual(0);
  expect(report.training?.gradedEpoch).toBe(report.training?.history.length);
  expect(readFileSync(join(cwd, 'out/model/weights.bin')).length).toBe(40);
});

test('SIGTERM ends every process at once and leaves a report', async () => {
  const cwd = temporaryFolder();
  const { child } = await startTraining(cwd);
  const trainers = await childrenOf(child.pid);
  child.kill('SIGTERM');
  const { exitCode } = await child;
  expect(exitCode).toBe(130);
  const report = JSON.parse(readFileSync(join(cwd, 'out/report.json'), 'utf8')) as GradeReport;
  expect(report.verdict).toBe('interrupted');
  expect(trainers.length).toBeGreaterThan(0);
  expect(await areGone(trainers)).toBe(true);
});

test('the trainer dies with a grader that is killed', async () => {
  const { child } = await startTraining(temporaryFolder());
  const trainers = await childrenOf(child.pid);
  expect(trainers.length).toBeGreaterThan(0);
  child.kill('SIGKILL');
  await child;
  expect(await areGone(trainers)).toBe(true);
});

test('SIGUSR1 opens no inspector', async () => {
  const { child } = await startTraining(temporaryFolder());
  child.kill('SIGUSR1');
  // It goes on training: two further reports of its progress.
  for (let heard = 0; heard < 2; heard++) await once(child.stderr, 'data');
  child.kill('SIGINT');
  const { exitCode, stderr } = await child;
  expect(exitCode).toBe(130);
  expect(stderr).not.toMatch(/debugger|inspector/i);
});

test('a recipe’s process ends by its own limits where the grader is stopped', async () => {
  const cwd = temporaryFolder();
  writeFileSync(join(cwd, 'recipe.ts'), 'for (;;);');
  const words = [join(packageRoot, 'grader', 'launch.js'), 'grade', 'regression', 'recipe.ts'];
  const child = execa(process.execPath, words, { cwd, reject: false, stdin: 'ignore' });
  const recipes = await waitForTree(child.pid, 'sandbox/child.js');
  expect(recipes.length).toBeGreaterThan(0);
  child.kill('SIGSTOP');
  // A process that has ended and is not waited for has no command line any more.
  const left = () => recipes.filter((pid) => commandOf(pid) !== '');
  try {
    // Its limit is 12 s.
    for (let attempt = 0; attempt < 6000 && left().length > 0; attempt++) {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    expect(left()).toEqual([]);
  } finally {
    child.kill('SIGKILL');
    await child;
  }
});

/** The processes below this one that have a text in their command line, once there are some. */
async function waitForTree(pid: number | undefined, text: string): Promise<number[]> {
  for (let attempt = 0; attempt < 12_000; attempt++) {
    const found = processTree(pid ?? 0).filter((each) => commandOf(each).includes(text));
    if (found.length > 0) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return [];
}

function commandOf(pid: number): string {
  const path = `/proc/${pid}/cmdline`;
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}
