import { expect, test } from '@jest/globals';
import { execa } from 'execa';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../grader/package-root.ts';
import { cacheWithEngine } from '../support/program-copy.ts';
import { processesWith, waitForProcesses } from '../support/processes.ts';
import { runGrader } from '../support/run-grader.ts';
import { writeRecipe } from '../support/simple-recipe.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** A folder, and the variables that make its name a part of each trainer's command line. */
function ownCache() {
  const cwd = temporaryFolder();
  const env = { GRADER_CACHE: cacheWithEngine(cwd) };
  return { cwd, env };
}

/** Starts a grading whose recipe never ends and waits for the trainer that is up ahead of it. */
async function startEndlessRecipe() {
  const { cwd, env } = ownCache();
  writeFileSync(join(cwd, 'recipe.ts'), 'for (;;);');
  const program = join(packageRoot, 'grader', 'launch.js');
  const words = [program, 'grade', 'regression', 'recipe.ts', '--out', 'out'];
  const child = execa(process.execPath, words, {
    cwd,
    env,
    reject: false,
    stdin: 'ignore',
    // Not killed where a busy machine takes more than execa's five seconds to end it.
    forceKillAfterDelay: false,
  });
  expect(await waitForProcesses(join(cwd, 'cache', 'engine'), 1)).toHaveLength(1);
  return { child, trainers: join(cwd, 'cache', 'engine') };
}

test('a refused submission ends the trainer that waited, without a word of it', async () => {
  const { cwd, env } = ownCache();
  writeRecipe(cwd, { layers: 'layers.dense({ units: 2, inputShape: [9] })' });
  const words = ['grade', 'regression', 'recipe.ts', '--out', 'out'];
  const { exitCode, stderr } = await runGrader(words, { cwd, env });
  expect(exitCode).toBe(3);
  expect(stderr).toBe('');
  // Nothing that a program printed, which would come after a bar.
  const log = readFileSync(join(cwd, 'out/log.txt'), 'utf8');
  expect(log).not.toMatch(/^ {11}\|/m);
  expect(log).toContain('Verdict: invalid-submission, 0/5: wrong-output-shape');
  expect(log).toMatch(/^ {16}3 \| {3}model: /m);
  expect(await processesWith(cwd)).toEqual([]);
});

test.each(['SIGINT', 'SIGTERM'] as const)(
  '%s while the recipe is read ends with 130 and leaves no process',
  async (signal) => {
    const { child, trainers } = await startEndlessRecipe();
    child.kill(signal);
    expect((await child).exitCode).toBe(130);
    expect(await waitForProcesses(trainers, 0)).toEqual([]);
  },
);

test('a grader that is killed while the recipe is read leaves no trainer', async () => {
  const { child, trainers } = await startEndlessRecipe();
  child.kill('SIGKILL');
  await child;
  expect(await waitForProcesses(trainers, 0)).toEqual([]);
});

test('check trains each submission in a process of its own and leaves none', async () => {
  const { cwd, env } = ownCache();
  writeRecipe(cwd, {}, 'regression.ts');
  writeRecipe(cwd, { fit: 'epochs: 2' }, 'sunspots.ts');
  const { exitCode } = await runGrader(['check', '.', '--out', 'out', '--min-points', '0'], {
    cwd,
    env,
  });
  expect(exitCode).toBe(1);
  expect(await processesWith(join(cwd, 'cache', 'engine'))).toEqual([]);
});

test.each(['0', '65', '1.5', 'two'])(
  '--threads %s is misuse and names what is taken',
  async (n) => {
    const cwd = temporaryFolder();
    writeRecipe(cwd, {});
    const { exitCode, stderr } = await runGrader(
      ['grade', 'regression', 'recipe.ts', '--threads', n],
      { cwd },
    );
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/--threads <n>.*Expected a (number from 1 to 64|whole number), got/);
  },
);
