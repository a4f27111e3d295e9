import { beforeEach, expect, test } from '@jest/globals';
import { cpSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { findProblem } from '../../problems/index.ts';
import { loadedProblem } from '../support/loaded-problem.ts';
import { runGrader } from '../support/run-grader.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

let folder = '';
let env: Record<string, string> = {};

beforeEach(() => {
  folder = temporaryFolder();
  env = { GRADER_CACHE: join(folder, 'cache'), EXAM_DATA_MIRROR: join(folder, 'mirror') };
});

const run = (...words: string[]) => runGrader(['data', ...words], { cwd: folder, env });

test('data where prints a line for each problem and fails for none', async () => {
  const { exitCode, stdout } = await run('where');
  expect(exitCode).toBe(0);
  const lines = stdout.split('\n');
  expect(lines).toHaveLength(5);
  expect(lines[0]).toBe(
    `regression: auto-mpg, variant original: ${join(findProblem('regression').directory, 'data')}`,
  );
  expect(lines[3]).toBe('sarcasm: sarcasm: not on this machine');
});

test('data verify exits 6 and says what is missing, and 0 for what is in a package', async () => {
  const missing = await run('verify', 'sarcasm', 'sunspots');
  expect(missing.exitCode).toBe(6);
  expect(missing.stdout).toBe('sunspots: sunspots, variant original: 1 file verified.');
  expect(missing.stderr).toContain('sarcasm: The data set sarcasm');
  expect(missing.stderr).toContain(
    `mirror ${join(folder, 'mirror/sarcasm/sarcasm.json')}: no such`,
  );
  expect(missing.stderr).toContain('grader data fetch sarcasm');
  expect((await run('verify', 'regression')).exitCode).toBe(0);
});

test('data verify names a file that was changed', async () => {
  // The right name and length, other bytes.
  const bundled = join(findProblem('sunspots').directory, 'data/Sunspots.csv');
  mkdirSync(join(folder, 'mirror/sarcasm'), { recursive: true });
  cpSync(bundled, join(folder, 'mirror/sarcasm/sarcasm.json'));
  const { exitCode, stderr } = await run('verify', 'sarcasm');
  expect(exitCode).toBe(6);
  expect(stderr).toContain('70827 bytes, expected 5643545');
});

test('data verify --json gives one document with a failure for each missing set', async () => {
  const { exitCode, stdout } = await run('verify', 'sarcasm', 'sunspots', '--json');
  expect(exitCode).toBe(6);
  expect(JSON.parse(stdout)).toMatchObject({
    format: 'grader-data',
    version: 1,
    datasets: [
      { problem: 'sarcasm', variant: null, failure: { code: 'dataset-missing' } },
      { problem: 'sunspots', variant: 'original', failure: null },
    ],
  });
});

test('an unknown problem is a misuse', async () => {
  const { exitCode, stderr } = await run('where', 'sunspot');
  expect(exitCode).toBe(2);
  expect(stderr).toContain('No problem "sunspot". Problems: regression, ');
});

test('data export writes the open parts as NumPy files and nothing held out', async () => {
  const { exitCode, stdout } = await run('export', 'sunspots', 'arrays');
  expect(exitCode).toBe(0);
  expect(readdirSync(join(folder, 'arrays')).sort()).toEqual([
    'training_inputs.npy',
    'training_targets.npy',
    'validation_inputs.npy',
    'validation_targets.npy',
  ]);
  expect(stdout.split('\n')[0]).toMatch(/training_inputs\.npy: float32 \[2670, 30, 1\]$/);
  const file = readFileSync(join(folder, 'arrays/training_inputs.npy'));
  const header = 10 + file.readUInt16LE(8);
  expect(file.length - header).toBe(2670 * 30 * 4);
  expect(file.readFloatLE(header)).toBeCloseTo(96.7 / 398.2, 6);
});

test('data export decodes pictures as a model sees them', async () => {
  const { exitCode } = await run('export', 'fashion-mnist', 'arrays', '--sample');
  expect(exitCode).toBe(0);
  const sample = (await loadedProblem('fashion-mnist')).code.sample?.(1);
  const file = readFileSync(join(folder, 'arrays/validation_inputs.npy'));
  const header = 10 + file.readUInt16LE(8);
  expect(file.length - header).toBe(300 * 28 * 28 * 4);
  const pixels = sample?.validation.inputs.data ?? [];
  const at = pixels.findIndex((pixel) => pixel > 100);
  const stored = pixels[at] ?? NaN;
  expect(file.readFloatLE(header + 4 * at)).toBeCloseTo(stored / 255, 6);
});
