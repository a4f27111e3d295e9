import { expect, test } from '@jest/globals';
import { execa } from 'execa';
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { GradeReport } from '../../grader/contract.ts';
import { findEngine } from '../../grader/setup/ensure-engine.ts';
import { packageRoot } from '../../grader/package-root.ts';
import { copyEngine, rot } from '../support/engine-copy.ts';
import { asRoot, isRoot, testWithMounts } from '../support/needs.ts';
import { cacheWithEngine } from '../support/program-copy.ts';
import { gradeAsJson, runGrader } from '../support/run-grader.ts';
import { writeRecipe } from '../support/simple-recipe.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** Starts a training without end and waits until it trains. */
async function startTraining(cwd: string) {
  const program = join(packageRoot, 'grader', 'launch.js');
  const recipe = join(packageRoot, 'test', 'recipes', 'endless.ts');
  const words = [program, 'grade', 'regression', recipe, '--out', 'out'];
  const child = execa(process.execPath, words, { cwd, reject: false, stdin: 'ignore' });
  for await (const line of createInterface({ input: child.stderr })) {
    if (/^Epoch (?!1\/)/.test(line)) break;
  }
  return { child };
}

test('of two gradings that name one folder the second names the first and writes nothing', async () => {
  const cwd = temporaryFolder();
  const { child } = await startTraining(cwd);
  const before = readdirSync(join(cwd, 'out'));
  const args = ['grade', 'regression', writeRecipe(cwd, {}), '--out', 'out'];
  const second = await runGrader(args, { cwd });
  expect(second).toMatchObject({ exitCode: 2, stdout: '' });
  expect(second.stderr).toMatch(
    /out is being written by the grading of \S+endless\.ts \(process \d+/,
  );
  expect(readdirSync(join(cwd, 'out'))).toEqual(before);
  child.kill('SIGKILL');
  await child;
  // What is left of a killed one is in nobody's way.
  expect((await runGrader(args, { cwd })).exitCode).toBeLessThan(2);
  const names = readdirSync(join(cwd, 'out'));
  expect(names).toContain('report.json');
  expect(names.filter((name) => name.startsWith('.'))).toEqual([]);
});

test('SIGHUP ends like SIGTERM', async () => {
  const cwd = temporaryFolder();
  const { child } = await startTraining(cwd);
  child.kill('SIGHUP');
  expect(await child).toMatchObject({ exitCode: 130 });
  const report = JSON.parse(readFileSync(join(cwd, 'out/report.json'), 'utf8')) as GradeReport;
  expect(report.verdict).toBe('interrupted');
  expect(existsSync(join(cwd, 'out/.grading.json'))).toBe(false);
});

const wide = 'layers.dense({ units: 5000, inputShape: [9] }), layers.dense({ units: 1 })';

testWithMounts.each([
  ['report', {}, /The results cannot be written to \S+report\.html: ENOSPC/],
  ['model', { layers: wide }, /No space is left on a disk: ENOSPC/],
])(
  'a disk that is full when the %s is written leaves no half of a result',
  async (_, parts, words) => {
    const cwd = temporaryFolder();
    const disk = join(cwd, 'disk');
    mkdirSync(disk);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'none', disk], { stdio: 'pipe' });
    try {
      const args = ['grade', 'regression', writeRecipe(cwd, parts), '--out', 'disk/out'];
      const run = await runGrader(args, { cwd });
      expect(run.exitCode).toBe(6);
      expect(run.stdout + run.stderr).toMatch(words);
      expect(run.stdout + run.stderr).not.toContain('internal');
      const names = readdirSync(join(disk, 'out'));
      expect(names).not.toContain('weights.bin');
      // A report of the failure may fit; that of a grading does not.
      if (names.includes('report.json'))
        expect(run.stdout).toContain('Report  disk/out/report.html');
      else expect(names).not.toContain('report.html');
      expect(names.filter((name) => name.startsWith('.'))).toEqual([]);
    } finally {
      execFileSync('umount', [disk]);
    }
  },
);

test('prepared data of the same size with other bytes are made anew, with a note', async () => {
  const cwd = temporaryFolder();
  const env = { GRADER_CACHE: cacheWithEngine(cwd) };
  const args = ['regression', writeRecipe(cwd, { fit: 'epochs: 3' })];
  const first = await gradeAsJson([...args, '--out', 'a'], { cwd, env });
  const prepared = join(cwd, 'cache/prepared');
  const [folder = ''] = readdirSync(prepared);
  const file = join(prepared, folder, 'held-out/targets.bin');
  writeFileSync(file, Buffer.alloc(statSync(file).size));
  const second = await gradeAsJson([...args, '--out', 'b'], { cwd, env });
  expect(second.report.score).toEqual(first.report.score);
  expect(JSON.stringify(second.report)).toContain('were damaged and were made anew');
  expect(readFileSync(file).every((byte) => byte === 0)).toBe(false);
});

test('an addon that rots while nobody looks is healed and the grading repeated', async () => {
  const cwd = temporaryFolder();
  const engine = await findEngine({});
  if (!engine) throw new Error('the engine is not set up');
  const cache = join(cwd, 'cache');
  rot(join(await copyEngine(cache, engine), 'tfjs_binding.node'));
  const args = ['regression', writeRecipe(cwd, {}), '--out', 'out'];
  const { report, stderr } = await gradeAsJson(args, { cwd, env: { GRADER_CACHE: cache } });
  expect(report.failure).toBeNull();
  expect(report.score).not.toBeNull();
  expect(JSON.stringify(report)).toContain('was damaged; it was made anew');
  expect(stderr).toContain('tfjs_binding.node was damaged');
});

test('a cache that everybody may write, or of a stranger, is refused', async () => {
  const cwd = temporaryFolder();
  const cache = join(cwd, 'cache');
  mkdirSync(cache);
  chmodSync(cache, 0o777);
  const args = ['grade', 'regression', writeRecipe(cwd, {}), '--out', 'out'];
  const env = { GRADER_CACHE: cache };
  const open = await runGrader(args, { cwd, env });
  expect(open.exitCode).toBe(6);
  expect(open.stderr).toContain(`The cache folder ${cache} may be written by everybody`);
  expect(existsSync(join(cwd, 'out'))).toBe(false);
  if (!isRoot) return;
  chmodSync(cache, 0o755);
  chownSync(cache, 65_534, 65_534);
  const strange = await runGrader(args, { cwd, env });
  expect(strange.exitCode).toBe(6);
  expect(strange.stderr).toContain('belongs to user 65534');
});

test('a cache in a home is for its user alone', async () => {
  const home = temporaryFolder();
  const own = { GRADER_CACHE: '', XDG_CACHE_HOME: join(home, 'xdg') };
  await runGrader(['data', 'verify', 'regression'], { cwd: home, env: own });
  expect(statSync(join(home, 'xdg/exam-grader')).mode & 0o777).toBe(0o700);
});

asRoot('a complete cache of another user serves as it is', async () => {
  const cwd = temporaryFolder();
  const cache = join(cwd, 'cache');
  const recipe = writeRecipe(cwd, {});
  const engine = await findEngine({});
  if (!engine) throw new Error('the engine is not set up');
  await copyEngine(cache, engine);
  const env = { GRADER_CACHE: cache };
  await runGrader(['grade', 'regression', recipe, '--out', 'first'], { cwd, env });
  execFileSync('rm', ['-rf', join(cache, 'rooms')]);
  for (const folder of [cwd, cache]) chmodSync(folder, 0o755);
  const out = join(cwd, 'theirs');
  mkdirSync(out);
  chownSync(out, 65_534, 65_534);
  const words = ['--reuid=65534', '--regid=65534', '--clear-groups', process.execPath];
  const program = join(packageRoot, 'grader/launch.js');
  const grading = [program, 'grade', 'regression', recipe, '--out', join(out, 'out'), '--json'];
  const run = await execa('setpriv', [...words, ...grading], {
    cwd,
    env: { ...env, HOME: '/nonexistent' },
    reject: false,
  });
  expect(JSON.parse(run.stdout)).toMatchObject({ failure: null });
});
