import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { execa } from 'execa';
import { cpSync, existsSync, lstatSync, mkdtempSync } from 'node:fs';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../grader/package-root.ts';
import { chosen } from './support/full.ts';

// The tarball as whoever installs it meets it: an empty folder, no flag, no checkout beside it.

let cwd = '';
const run = (file: string, words: readonly string[]) =>
  execa(file, words, {
    ...{ cwd, reject: false, stdin: 'ignore', timeout: 1_800_000, all: true },
    env: { NODE_OPTIONS: '', LC_ALL: 'C.UTF-8' },
  });

beforeAll(async () => {
  cwd = mkdtempSync(join(tmpdir(), 'grader-package-'));
  const made = await run(process.execPath, [join(packageRoot, '.ci/package.js'), cwd]);
  expect(made.all).toMatch(/grader-0\.1\.0\.tgz: \d\.\d MB, \d+ files$/);
  writeFileSync(join(cwd, 'package.json'), '{ "type": "module" }');
  const words = ['install', '--prefer-offline', '--no-audit', '--no-fund', './grader-0.1.0.tgz'];
  const installed = await run('npm', words);
  expect([installed.exitCode, installed.stderr]).toEqual([0, '']);
});
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

test('the tarball installs without a script, and is small', () => {
  const lock = readFileSync(join(cwd, 'package-lock.json'), 'utf8');
  expect(lock).not.toContain('hasInstallScript');
  expect(bytesIn(join(cwd, 'grader-0.1.0.tgz'))).toBeLessThan(5e6);
  expect(bytesIn(join(cwd, 'node_modules'))).toBeLessThan(60e6);
});

test('what is bundled says that it is a subset, and has its licence beside it', () => {
  const folder = join(cwd, 'node_modules/grader');
  const manifest = readJson(join(folder, 'package.json'));
  const bundled = manifest['bundleDependencies'] as readonly string[];
  expect(bundled).toContain('@tensorflow/tfjs-node-gpu');
  for (const name of bundled) {
    const inside = join(folder, 'node_modules', name);
    expect(readJson(join(inside, 'package.json'))).toMatchObject({
      description: expect.stringContaining('subset') as unknown,
    });
    expect(readdirSync(inside).some((each) => /^licen[cs]e/i.test(each))).toBe(true);
  }
  expect(Object.keys(manifest)).not.toContain('devDependencies');
});

const nodes = chosen(['', '22', '24'], (version) => version === '');

test.each(nodes)('Node %s starts, inspects and grades from the tarball', async (version) => {
  const program =
    version === ''
      ? ['--no-install', 'grader']
      : ['-y', '-p', `node@${version}`, 'node', 'node_modules/.bin/grader'];
  const grader = (...words: string[]) => run('npx', [...program, ...words]);
  expect((await grader('--version')).stdout).toBe('0.1.0');
  cpSync(join(packageRoot, 'test/fixtures/keras/regression.h5'), join(cwd, 'regression.h5'));
  expect((await grader('inspect', 'regression.h5')).stdout).toContain('HDF5');
  rmSync(join(cwd, 'sunspots.ts'), { force: true });
  expect((await grader('start', 'sunspots')).exitCode).toBe(0);
  const recipe = readFileSync(join(cwd, 'sunspots.ts'), 'utf8');
  writeFileSync(join(cwd, 'sunspots.ts'), recipe.replace(/epochs: \d+/, 'epochs: 2'));
  const { exitCode, stdout, stderr } = await grader('grade', 'sunspots', 'sunspots.ts');
  expect([0, 1]).toContain(exitCode);
  expect(stderr).not.toMatch(/warning|not found/i);
  const [, page = ''] = /^Report +(.+)$/m.exec(stdout) ?? [];
  expect(existsSync(join(cwd, page))).toBe(true);
});

test('a package of the grader’s own is measured from the tarball', async () => {
  const { exitCode, stdout } = await run('npx', [
    ...['--no-install', 'grader', 'problem', 'test', 'regression'],
  ]);
  expect([exitCode, stdout]).toEqual([0, expect.stringContaining('4 of 4 answers are right')]);
});

const managers = chosen(['npm@11', 'pnpm@10'], (name) => name === 'pnpm@10');

test.each(managers)('%s installs it as well', async (manager) => {
  const folder = mkdtempSync(join(tmpdir(), 'grader-manager-'));
  const there = (words: readonly string[]) =>
    execa('npx', words, { cwd: folder, reject: false, stdin: 'ignore', timeout: 600_000 });
  try {
    writeFileSync(join(folder, 'package.json'), '{}');
    const word = manager.startsWith('npm') ? 'install' : 'add';
    const installed = await there(['-y', manager, word, join(cwd, 'grader-0.1.0.tgz')]);
    expect(installed).toMatchObject({ exitCode: 0 });
    const model = join(packageRoot, 'test/fixtures/keras/regression.h5');
    const inspected = await there(['--no-install', 'grader', 'inspect', model]);
    expect(inspected.stdout).toContain('HDF5');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('the example of the page of the API runs, and its types are those of the package', async () => {
  const page = readFileSync(join(packageRoot, 'docs/api.md'), 'utf8');
  const [, example = ''] = /```js\n([^]+?)```/.exec(page) ?? [];
  writeFileSync(join(cwd, 'example.js'), example);
  expect((await run(process.execPath, ['example.js'])).stdout).toMatch(/^passed 5 /m);
  writeFileSync(join(cwd, 'example.ts'), typed);
  const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
  for (const skipLibCheck of ['true', 'false']) {
    const words = ['--strict', '--noEmit', '--module', 'nodenext', '--target', 'es2022'];
    const checked = await run(process.execPath, [
      ...[tsc, ...words, '--skipLibCheck', skipLibCheck, 'example.ts'],
    ]);
    expect(checked.all).toBe('');
  }
  const wrong = typed.replace("device: 'cpu'", "device: 'abacus'");
  writeFileSync(join(cwd, 'wrong.ts'), wrong);
  const refused = await run(process.execPath, [
    tsc,
    '--noEmit',
    '--module',
    'nodenext',
    'wrong.ts',
  ]);
  expect(refused.stdout).toContain('abacus');
});

/** One name of each of the package's modules. */
const typed = `
import { gradeFile, type GradeReport } from 'grader/api';
import { defineRecipe, layers, sequential } from 'grader';
import type { ProblemData } from 'grader/problem';

export const recipe = defineRecipe({
  model: sequential([layers.dense({ units: 1, inputShape: [9] })]),
  compile: { optimizer: 'adam', loss: 'meanSquaredError' },
  fit: { epochs: 1 },
});
export async function points(): Promise<GradeReport['points']> {
  return (await gradeFile('regression', 'regression.h5', { device: 'cpu' })).points;
}
export type Data = ProblemData;
`;

function readJson(path: string): Record<string, unknown> {
  return JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
}

function bytesIn(path: string): number {
  const status = lstatSync(path);
  if (!status.isDirectory()) return status.size;
  return readdirSync(path).reduce((sum, name) => sum + bytesIn(join(path, name)), 0);
}
