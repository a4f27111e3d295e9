import { expect, test } from '@jest/globals';
import { execaSync } from 'execa';
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  symlinkSync,
  utimesSync,
} from 'node:fs';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ownMark } from '../../grader/files/process-mark.ts';
import { engineKeys } from '../../grader/setup/ensure-engine.ts';
import { asRoot, isRoot } from '../support/needs.ts';
import { runGrader } from '../support/run-grader.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

interface Facts {
  readonly bytes: number;
  readonly freedBytes: number;
  readonly stored: readonly { name: string; kind: string; bytes: number; kept: string | null }[];
  readonly removed?: readonly { name: string }[];
  readonly failed: readonly { path: string; message: string }[];
}

const [current = ''] = engineKeys();
const old = 'tensorflow-1.15.0-cpu-linux-x64-tfjs-1.0.0';
const mark = ({ pid = ownMark().pid }: { pid?: number } = {}) =>
  `${ownMark().place}-${pid}-${pid === ownMark().pid ? ownMark().started : ''}`;

/** A cache with something of each kind, 100 bytes each and 40 days old, and a folder of results. */
function madeUp({ user }: { user?: number | undefined } = {}) {
  const cwd = temporaryFolder();
  const cache = join(cwd, 'cache');
  const put = (path: string, days = 40) => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, '.'.repeat(100));
    const then = new Date(Date.now() - days * 24 * 3_600_000);
    utimesSync(path, then, then);
    utimesSync(dirname(path), then, then);
  };
  put(join(cache, 'engine', current, 'engine.json'));
  put(join(cache, 'engine', old, 'engine.json'));
  put(join(cache, 'engine/tmp-999999999-a/libtensorflow.so'));
  put(join(cache, 'datasets/mnist/full/images.gz'));
  put(join(cache, 'datasets/words/full/words.json.part'));
  put(join(cache, 'prepared/sunspots-0123456789abcdef/manifest.json'));
  put(join(cache, 'prepared/sunspots-fedcba9876543210/manifest.json'), 2);
  put(join(cache, 'compiled/v18.0.0-x64-abc-0/code'));
  put(join(cache, `rooms/grader-room-${mark({ pid: 999_999_999 })}-aaaaaa/rows`));
  put(join(cache, 'photos/holiday.jpg'));
  put(join(cwd, 'results/sunspots-1/report.json'));
  put(join(cwd, 'results/sunspots-2/report.json'));
  put(join(cwd, 'results/sunspots-2/notes.txt'));
  put(join(cwd, 'results/mine/thesis.txt'));
  if (user !== undefined) execaSync('chown', ['-R', `${user}:${user}`, cwd]);
  const run = async (...words: string[]) => {
    const env = { GRADER_CACHE: cache, NO_COLOR: '1' };
    const ran = await runGrader(['cache', ...words], { cwd, env, user });
    const facts = words.includes('--json') ? (JSON.parse(ran.stdout) as Facts) : null;
    const removed = facts?.removed?.map(({ name }) => name).sort() ?? [];
    return { ...ran, facts, removed };
  };
  return { cwd, cache, put, run };
}

test('what lies on disk is shown by kind, with its size and what a prune would do', async () => {
  const { run } = madeUp();
  const { facts, exitCode } = await run('--json');
  expect(exitCode).toBe(0);
  expect(facts?.stored.map(({ kind, bytes, kept }) => [kind, bytes, kept])).toEqual([
    ['engine', 100, null],
    ['engine', 100, 'needed again'],
    ['leftover', 100, null],
    ['dataset', 100, 'needed again'],
    ['download', 100, null],
    ['prepared', 100, null],
    ['prepared', 100, 'not 30 d old'],
    ['compiled', 100, null],
    ['leftover', 100, null],
    ['result', 100, 'a result'],
    ['result', 200, 'other files lie in it'],
  ]);
  expect(facts?.bytes).toBe(1200);
  const { stdout } = await run();
  expect(stdout).toMatch(/^TensorFlow +tensorflow-1\.15\S+ +100 B +40 d ago +goes$/m);
  expect(stdout).toMatch(/^`grader cache prune` frees 600 B, with --all 900 B\.$/m);
});

test('a prune removes what is old or left over, and nothing else', async () => {
  const { cwd, cache, run } = madeUp();
  const dry = await run('prune', '--dry-run', '--json');
  const { removed, exitCode, facts } = await run('prune', '--json');
  expect(exitCode).toBe(0);
  expect(dry.removed).toEqual(removed);
  expect(facts).toMatchObject({ freedBytes: 600, failed: [] });
  expect(removed).toEqual([
    ...[expect.stringMatching(/^grader-room-/), 'sunspots-0123456789abcdef', old],
    ...['tmp-999999999-a', 'v18.0.0-x64-abc-0', 'words/full/words.json.part'],
  ]);
  for (const path of [`engine/${current}`, 'datasets/mnist/full', 'photos/holiday.jpg']) {
    expect(existsSync(join(cache, path))).toBe(true);
  }
  expect(existsSync(join(cwd, 'results/sunspots-1'))).toBe(true);
  expect((await run('prune', '--json')).removed).toEqual([]);
});

test('--all takes what can be had again, --older-than sets the age, --results takes old results', async () => {
  const { cwd, cache, run } = madeUp();
  const recent = await run('prune', '--older-than', '1d', '--dry-run', '--json');
  expect(recent.removed).toContain('sunspots-fedcba9876543210');
  const { removed } = await run('prune', '--all', '--results', '--json');
  expect(removed).toEqual(expect.arrayContaining([current, 'mnist/full', 'sunspots-1']));
  expect(removed).not.toContain('sunspots-2');
  for (const name of ['sunspots-2/notes.txt', 'mine/thesis.txt']) {
    expect(existsSync(join(cwd, 'results', name))).toBe(true);
  }
  expect(existsSync(join(cache, 'photos/holiday.jpg'))).toBe(true);
});

test('what a running grading uses stays, and so does a result that is being written', async () => {
  const { cwd, cache, put, run } = madeUp();
  put(join(cache, `rooms/grader-room-${mark()}-bbbbbb/rows`));
  put(join(cache, 'datasets/mnist/full/labels.gz.lock/held'));
  const claim = { ...ownMark(), host: 'here', since: 'now', about: 'sunspots.ts' };
  writeFileSync(join(cwd, 'results/sunspots-1/.grading.json'), JSON.stringify(claim));
  const { removed } = await run('prune', '--all', '--results', '--json');
  expect(removed).toEqual([expect.stringContaining('-999999999-'), 'tmp-999999999-a']);
});

test('links are not followed, and what they name stays', async () => {
  const { cwd, cache, put, run } = madeUp();
  put(join(cwd, 'outside/manifest.json'));
  put(join(cwd, 'sets/mnist/full/images.gz'));
  symlinkSync(join(cwd, 'outside'), join(cache, 'prepared/sunspots-aaaaaaaaaaaaaaaa'));
  symlinkSync(join(cwd, 'sets/mnist'), join(cache, 'datasets/linked'));
  symlinkSync(join(cwd, 'outside'), join(cache, 'engine', old, 'inside'));
  symlinkSync(join(cwd, 'results'), join(cwd, 'results/again'));
  const { removed } = await run('prune', '--all', '--results', '--json');
  expect(removed).toContain(old);
  expect(removed.filter((name) => /^sunspots-a{16}$|linked|again/.test(name))).toEqual([]);
  expect(existsSync(join(cwd, 'outside/manifest.json'))).toBe(true);
  expect(existsSync(join(cwd, 'sets/mnist/full/images.gz'))).toBe(true);
  expect(lstatSync(join(cache, 'datasets/linked')).isSymbolicLink()).toBe(true);
});

asRoot('what belongs to another user stays, and is named with the user', async () => {
  const { cache, run } = madeUp();
  chownSync(join(cache, 'prepared/sunspots-0123456789abcdef'), 12_345, 12_345);
  expect((await run()).stdout).toMatch(/sunspots-0123456789abcdef .* stays: belongs to user 12345/);
  expect((await run('prune', '--all', '--json')).removed).not.toContain(
    'sunspots-0123456789abcdef',
  );
});

/** Whom a folder's mode holds back. */
const plainUser = isRoot ? 23_456 : undefined;

test('what cannot be removed is named, and the exit code says so', async () => {
  const { cache, run } = madeUp({ user: plainUser });
  chmodSync(cache, 0o555);
  const { exitCode, facts, removed } = await run('prune', '--json');
  chmodSync(cache, 0o755);
  expect(exitCode).toBe(6);
  expect(removed).not.toContain('sunspots-0123456789abcdef');
  expect(facts?.failed.map(({ message }) => message).join('\n')).toContain('EACCES');
  expect(existsSync(join(cache, 'prepared/sunspots-0123456789abcdef'))).toBe(true);
});

test('an empty cache has nothing to show, and an odd age is a misuse', async () => {
  const cwd = temporaryFolder();
  const env = { GRADER_CACHE: join(cwd, 'none') };
  const empty = await runGrader(['cache'], { cwd, env });
  expect(empty).toMatchObject({ exitCode: 0, stderr: '' });
  expect(empty.stdout).toContain('frees 0 B');
  expect((await runGrader(['cache', 'prune'], { cwd, env })).stdout).toBe('Freed 0 B (0 of 0).');
  expect(existsSync(join(cwd, 'none'))).toBe(false);
  const odd = await runGrader(['cache', 'prune', '--older-than', 'soon'], { cwd, env });
  expect(odd.exitCode).toBe(2);
  expect(odd.stderr).toContain('Expected an age such as 30d, 12h or 2w, got "soon".');
});
