import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openWithoutJail } from '../../grader/attacks/open-without-jail.ts';
import { hostileRecipes } from '../../grader/attacks/recipes/index.ts';
import { packageRoot } from '../../grader/package-root.ts';
import { findIsolation } from '../../grader/sandbox/isolation.ts';
import { isFull } from '../support/full.ts';
import { asRoot, isRoot, testWith } from '../support/needs.ts';
import { runGrader } from '../support/run-grader.ts';
import { failuresOf, runSelftest } from '../support/selftest.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

// A selection; `npm run test:full` runs all of it, for each kind of user, on each Node.

const hasJail = (await findIsolation()).level === 'jail';
const inJail = testWith('bubblewrap', hasJail);

const some = [
  ...['recipe: good-language', 'recipe: import-node', 'recipe: process-env', 'recipe: no-dep'],
  ...['recipe: loop-in-try', 'recipe: stringify-forged', 'recipe: trap-proxy-keys', 'control'],
  ...['recipe: print-at-once', 'recipe-memory-shared', 'recipe-abort', 'recipe-outlives-killed'],
];
const ofProgram = [
  ...['grader:', 'file: fifo', 'file: zip-bomb', 'file: shards-by-link', 'data: cache-'],
  ...[
    'data: mirror-other-content',
    'text: github',
    'text: azure',
    'text: bidi',
    'text: html-script',
  ],
];
/** All that reaches for something outside of the process. */
const reaching = [
  ...['read-', 'list-', 'environment', 'descriptors', 'write-', 'change-', 'remove-'],
  ...['connect-', 'fetch-', 'listen-', 'send-', 'signal-', 'stop-process', 'kill-process'],
  ...['debug-', 'spawn-', 'fork-', 'open-inspector', 'engine-', 'become-', 'fill-', 'big-'],
];

/** One for each kind of thing outside. A full run takes all, and without a jail each run does. */
const reachingOfRun = isFull
  ? reaching
  : [
      ...['read-held-out', 'environment', 'write-', 'connect-', 'signal-', 'spawn-'],
      ...['engine-', 'become-', 'fill-'],
    ];

const briefly = ['control', 'read-held-out', 'kill-process', 'connect-loop', 'become-root'];

test('the corpus has at least the 67 recipes of the study, none of them twice', () => {
  const names = hostileRecipes.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(names.length).toBeGreaterThanOrEqual(67);
});

inJail('in a jail everything holds', async () => {
  const run = await runSelftest({ folder: temporaryFolder(), only: [...some, ...reachingOfRun] });
  expect(run.isolation.level).toBe('jail');
  expect(failuresOf(run)).toEqual([]);
  expect(run).toMatchObject({ exitCode: 0, isHeld: true });
  expect(run.attacks.filter(({ state }) => state !== 'held')).toEqual([]);
});

test('the program, its cache, its mirrors and what it shows hold', async () => {
  const run = await runSelftest({ folder: temporaryFolder(), only: ofProgram });
  expect(failuresOf(run)).toEqual([]);
});

test('without a jail just those rows are open that the list has', async () => {
  const only = ['recipe: good-language', 'recipe: loop-in-try', 'control', ...reaching];
  const run = await runSelftest({ folder: temporaryFolder(), only, level: 'interpreter' });
  expect(run.isolation.level).toBe('interpreter');
  expect(failuresOf(run)).toEqual([]);
  const open = run.attacks.filter(({ state }) => state === 'open').map(({ name }) => name);
  expect(open.sort()).toEqual(listed(isRoot).sort());
});

asRoot('a plain user’s grader holds as well', async () => {
  const only = ['recipe: good-language', 'recipe: process-env', 'recipe: loop-in-try', ...briefly];
  // What a plain user's interpreter holds stands in the list of root's, and in a full run.
  const levels = [
    ...(hasJail ? (['jail'] as const) : []),
    ...(isFull || !hasJail ? (['interpreter'] as const) : []),
  ];
  for (const level of levels) {
    const run = await runSelftest({ folder: temporaryFolder(), only, level, user: 23_456 });
    expect(run).toMatchObject({ user: 'user 23456', isolation: { level } });
    expect(failuresOf(run)).toEqual([]);
  }
});

test('SECURITY.md has the rows that are open without a jail, and no others', () => {
  const text = readFileSync(join(packageRoot, 'SECURITY.md'), 'utf8');
  const [, table = ''] = text.split('| row |');
  const rows = [...table.matchAll(/^\| `([a-z-]+)` \| ([^|]+) \| ([^|]+) \|$/gm)].map(
    ([, name, of, gives]) => ({ name, of: of?.trim(), gives: gives?.trim() }),
  );
  expect(rows).toEqual(
    Object.entries(openWithoutJail).map(([name, { of, gives, asRoot: onlyRoot }]) => ({
      name,
      of: of.length === 3 ? 'all' : of.join(', '),
      gives: onlyRoot ? `${gives} (where the grader is run by root)` : gives,
    })),
  );
});

test('without --attacks it prints its help, and an unknown name is a mistake', async () => {
  const cwd = temporaryFolder();
  const help = await runGrader(['selftest'], { cwd });
  expect(help).toMatchObject({ exitCode: 0, stderr: '' });
  expect(help.stdout).toContain('--attacks');
  const unknown = await runGrader(['selftest', '--attacks', '--only', 'nothing of the kind'], {
    cwd,
  });
  expect(unknown.exitCode).toBe(2);
  expect(unknown.stderr).toContain('No attack');
});

test('it prints each attack with what held it', async () => {
  const run = await runGrader(['selftest', '--attacks', '--only', 'recipe: import-fs'], {
    cwd: temporaryFolder(),
  });
  expect(run.exitCode).toBe(0);
  expect(run.stdout).toMatch(/^held +recipe: import-fs +recipe-import, \d+\.\d s$/m);
  expect(run.stdout).toMatch(/^2 held, 0 open, 0 skipped, of 2\.$/m);
});

function listed(root: boolean): string[] {
  return Object.entries(openWithoutJail)
    .filter(([, { asRoot: onlyRoot }]) => root || onlyRoot !== true)
    .flatMap(([name, { of }]) => of.map((hold) => `${hold}-${name}`));
}
