import { expect, test } from '@jest/globals';
import { execa } from 'execa';
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { findEngine } from '../../grader/setup/ensure-engine.ts';
import { packageRoot } from '../../grader/package-root.ts';
import { findProgram } from '../../grader/process/find-program.ts';
import { copyEngine } from '../support/engine-copy.ts';
import { asRoot, testWith, testWithMounts } from '../support/needs.ts';
import { cacheWithEngine } from '../support/program-copy.ts';
import { writeRecipe } from '../support/simple-recipe.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { reportIn } from './leftovers.ts';

// What a machine does to a grading. Full disks, dying children, damaged data and engines, shared
// folders: test/cli/half-done.test.ts and killed.test.ts.

const launcher = join(packageRoot, 'grader/launch.js');
const plainUser = ['setpriv', '--reuid=23456', '--regid=23456', '--clear-groups'];

interface Setting {
  readonly cwd: string;
  readonly args: readonly string[];
  readonly before?: readonly string[];
  /** All that the program's environment holds beside PATH. */
  readonly env?: Readonly<Record<string, string>>;
}

function run({ cwd, args, before = [], env = {} }: Setting) {
  const [file = '', ...words] = [...before, process.execPath, launcher, ...args];
  return execa(file, words, {
    ...{ cwd, reject: false, stdin: 'ignore', extendEnv: false, timeout: 1_800_000 },
    env: { PATH: process.env['PATH'] ?? '', NO_COLOR: '1', ...env },
  });
}

/** A folder that everybody may read, with a cache that is complete, and a recipe. */
async function completeCache() {
  const cwd = temporaryFolder();
  chmodSync(cwd, 0o777);
  const cache = join(cwd, 'cache');
  const recipe = writeRecipe(cwd, { fit: 'epochs: 2' });
  const engine = await findEngine({});
  if (!engine) throw new Error('the engine is not set up');
  await copyEngine(cache, engine);
  const env = { GRADER_CACHE: cache };
  const args = ['grade', 'regression', recipe];
  const first = await run({ cwd, args: [...args, '--out', 'first'], env });
  expect(first.exitCode).toBeLessThan(2);
  return { cwd, cache, env, args };
}

const scoreIn = (folder: string) => (reportIn(folder) as { score: object }).score;

testWithMounts(
  'a cache that is mounted read-only serves, and nothing is written in it',
  async () => {
    const { cwd, cache, env, args } = await completeCache();
    const mounted = `mount --bind "$1" "$1" && mount -o remount,ro,bind "$1" && shift && exec "$@"`;
    const before = ['unshare', '--mount', 'sh', '-c', mounted, 'sh', cache];
    const { exitCode, stderr } = await run({ cwd, args: [...args, '--out', 'out'], before, env });
    expect(stderr).not.toMatch(/EROFS/);
    expect(exitCode).toBeLessThan(2);
    expect(scoreIn(join(cwd, 'out'))).toEqual(scoreIn(join(cwd, 'first')));
  },
);

asRoot('a user without rights, home and name is graded like root', async () => {
  const { cwd, env, args } = await completeCache();
  const { exitCode } = await run({ cwd, args: [...args, '--out', 'out'], before: plainUser, env });
  expect(exitCode).toBeLessThan(2);
  expect(scoreIn(join(cwd, 'out'))).toEqual(scoreIn(join(cwd, 'first')));
});

asRoot('results that may not be written are the machine’s fault, and said first', async () => {
  const { cwd, env, args } = await completeCache();
  const locked = join(cwd, 'locked');
  mkdirSync(locked, { mode: 0o555 });
  const out = ['--out', join(locked, 'out')];
  const named = await run({ cwd, args: [...args, ...out], before: plainUser, env });
  expect(named).toMatchObject({ exitCode: 6, stdout: '' });
  expect(named.stderr).toContain('EACCES');
  chmodSync(cwd, 0o555);
  const own = await run({ cwd, args, before: plainUser, env });
  expect(own).toMatchObject({ exitCode: 6, stdout: '' });
  expect(own.stderr).toMatch(/results\S* cannot be written|cannot be written to \S*results/);
});

asRoot(
  'without a home and a cache that may be written, the advice names the variable',
  async () => {
    const cwd = temporaryFolder();
    chmodSync(cwd, 0o755);
    const out = join(cwd, 'theirs');
    mkdirSync(out);
    chmodSync(out, 0o777);
    const args = ['grade', 'regression', writeRecipe(cwd, {}), '--out', join(out, 'out')];
    const env = { HOME: '/nonexistent' };
    const { exitCode, stdout } = await run({ cwd, args, before: plainUser, env });
    expect(exitCode).toBe(6);
    expect(stdout).toContain('GRADER_CACHE');
  },
);

const isLong = Boolean(process.env['GRADER_TEST_SOAK']);
const few = ['>&- 2>&-', '> /dev/full 2>&1'];

test.each(isLong ? [...few, '>&-', '2>&-', '<&-', '| head -c 1'] : few)(
  'grading with %s ends with its results',
  async (redirection) => {
    const cwd = temporaryFolder();
    const recipe = writeRecipe(cwd, { fit: 'epochs: 2' });
    const env = { GRADER_CACHE: cacheWithEngine(cwd) };
    const script = `"$0" "$1" grade regression ${recipe} --out out ${redirection}; true`;
    const { stderr } = await execa('bash', ['-c', script, process.execPath, launcher], {
      ...{ cwd, env, reject: false, timeout: 1_800_000 },
    });
    expect(stderr).not.toMatch(/at \S+ \(|Error: write/);
    expect(reportIn(join(cwd, 'out'))).toMatchObject({ failure: null });
    expect(readdirSync(join(cwd, 'out')).filter((name) => name.startsWith('.'))).toEqual([]);
  },
);

const library = findProgram('faketime') === null ? '' : fakeTimeLibrary();

testWith('faketime', library !== '').each(isLong ? ['-3h', '+3h', '+400d'] : ['-3h'])(
  'the clock jumps by %s in the middle of a training, and nothing comes of it',
  async (jump) => {
    const cwd = temporaryFolder();
    const clock = join(cwd, 'clock');
    setClock(clock, '+0');
    const env = {
      ...{ GRADER_CACHE: cacheWithEngine(cwd), LD_PRELOAD: library },
      ...{ FAKETIME_TIMESTAMP_FILE: clock, FAKETIME_NO_CACHE: '1' },
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
    };
    const recipe = join(packageRoot, 'test/recipes/endless.ts');
    const args = ['grade', 'regression', recipe, '--out', 'out', '--time-limit', '5'];
    const running = run({ cwd, args, env });
    running.stderr.on('data', (text: Buffer) => {
      if (/^Epoch /m.test(String(text))) setClock(clock, jump);
    });
    const { exitCode } = await running;
    expect(readFileSync(clock, 'utf8')).toBe(jump);
    expect(exitCode).toBeLessThan(2);
    const report = reportIn(join(cwd, 'out')) as { training: { trainSeconds: number } };
    expect(report).toMatchObject({ failure: null });
    expect(report.training.trainSeconds).toBeGreaterThan(1);
    expect(report.training.trainSeconds).toBeLessThan(60);
  },
);

test('two graders on one cache without data both prepare, and agree', async () => {
  const cwd = temporaryFolder();
  const env = { GRADER_CACHE: cacheWithEngine(cwd) };
  const recipe = writeRecipe(cwd, { fit: 'epochs: 2' });
  const grade = (out: string) =>
    run({ cwd, args: ['grade', 'regression', recipe, '--out', out], env });
  const both = await Promise.all([grade('a'), grade('b'), grade('c')]);
  for (const { exitCode } of both) expect(exitCode).toBeLessThan(2);
  expect(scoreIn(join(cwd, 'a'))).toEqual(scoreIn(join(cwd, 'b')));
  expect(scoreIn(join(cwd, 'a'))).toEqual(scoreIn(join(cwd, 'c')));
  const prepared = readdirSync(join(cwd, 'cache/prepared'));
  expect(prepared.filter((name) => name.startsWith('regression'))).toHaveLength(1);
});

/** Whole at every moment: it is read at each look at the clock. */
function setClock(path: string, text: string): void {
  writeFileSync(`${path}.new`, text);
  renameSync(`${path}.new`, path);
}

function fakeTimeLibrary(): string {
  const architecture = process.arch === 'x64' ? 'x86_64' : 'aarch64';
  return `/usr/lib/${architecture}-linux-gnu/faketime/libfaketime.so.1`;
}
