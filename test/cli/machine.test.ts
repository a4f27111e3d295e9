import { expect, test } from '@jest/globals';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GradeReport } from '../../grader/contract.ts';
import { findEngine } from '../../grader/setup/ensure-engine.ts';
import { engineWithAddon } from '../support/engine-copy.ts';
import { testWith } from '../support/needs.ts';
import { copyProgram, type ProgramCopy } from '../support/program-copy.ts';
import { runGrader } from '../support/run-grader.ts';
import { writeRecipe } from '../support/simple-recipe.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const blame = 'This machine is at fault. The submission is not judged.';

interface Setting {
  readonly cwd: string;
  readonly args: readonly string[];
  readonly env?: Record<string, string>;
}

/** Grades where something on the machine is missing and checks that the submission stays unjudged. */
async function notGraded({ cwd, args, env = {} }: Setting) {
  const run = await runGrader(['grade', ...args, '--out', 'out'], { cwd, env });
  expect(run.exitCode).toBe(6);
  expect(run.stdout).toContain(blame);
  const report = readReport(cwd);
  expect(report).toMatchObject({ verdict: 'machine-fault', points: null, score: null });
  expect(report.countsAsAttempt).toBe(false);
  expect(readFileSync(join(cwd, 'out/report.html'), 'utf8')).toContain(blame);
  return { ...run, code: report.failure?.code };
}

/** A program whose sarcasm data set has an address on this machine where nothing listens. */
function programWithoutNetwork(folder: string): ProgramCopy {
  const program = copyProgram(folder);
  const file = 'problems/sarcasm/problem.json';
  const closed = program.read(file).replaceAll(/https:\/\/[^"]*\/sarcasm\.json/g, closedAddress);
  program.write(file, closed);
  return program;
}

const closedAddress = 'http://127.0.0.1:9/sarcasm.json';

test('a missing data set is one message with every place tried and what to do', async () => {
  const cwd = temporaryFolder();
  const program = programWithoutNetwork(cwd);
  const mirror = join(cwd, 'mirror');
  const args = ['grade', 'sarcasm', headlines(cwd), '--out', 'out'];
  const { exitCode, stdout } = await program.run(args, { EXAM_DATA_MIRROR: mirror });
  expect(exitCode).toBe(6);
  expect(readReport(cwd)).toMatchObject({
    verdict: 'machine-fault',
    points: null,
    failure: { code: 'dataset-missing' },
  });
  const lines = stdout.split('\n').map((line) => line.trim());
  expect(stdout).toContain('The data set sarcasm (News Headlines Dataset for Sarcasm Detection');
  const cache = join(cwd, 'cache/datasets/sarcasm/original/sarcasm.json');
  expect(lines).toContain(`[original] cache ${cache}: no such folder`);
  expect(lines).toContain(`[original] mirror ${mirror}/sarcasm/sarcasm.json: no such folder`);
  expect(stdout).toContain(`[original] ${closedAddress} cannot be reached: `);
  expect(stdout).toMatch(/grader data fetch sarcasm {2,}downloads it/);
  expect(stdout).toMatch(/EXAM_DATA_MIRROR=DIR {2,}names a folder that holds sarcasm\/ with /);
  expect(stdout).toMatch(/--sample {2,}uses generated data instead/);
  expect(readFileSync(join(cwd, 'out/report.html'), 'utf8')).toContain(blame);
});

test('a mirror with other bytes is named with both hashes', async () => {
  const cwd = temporaryFolder();
  const program = programWithoutNetwork(cwd);
  const mirror = join(cwd, 'mirror');
  mkdirSync(join(mirror, 'sarcasm'), { recursive: true });
  // The right length.
  writeFileSync(join(mirror, 'sarcasm/sarcasm.json'), Buffer.alloc(5_643_545, 32));
  const args = ['grade', 'sarcasm', headlines(cwd)];
  const { exitCode, stdout } = await program.run(args, { EXAM_DATA_MIRROR: mirror });
  expect(exitCode).toBe(6);
  expect(stdout).toMatch(
    /mirror \S+\/sarcasm\/sarcasm\.json: SHA-256 [0-9a-f]{64}, expected [0-9a-f]{64}/,
  );
});

const hasGpu = existsSync('/dev/nvidia0');

testWith('a machine without a GPU', !hasGpu)(
  'a GPU that is not there is refused and not replaced',
  async () => {
    const cwd = temporaryFolder();
    const args = ['regression', writeRecipe(cwd, {}), '--device', 'gpu'];
    // A PATH without nvidia-smi is a machine without a GPU.
    const { stdout, code } = await notGraded({ cwd, args, env: { PATH: cwd } });
    expect(code).toBe('no-gpu');
    expect(stdout).toContain('no NVIDIA GPU is seen on this machine.');
  },
);

test('an addon that does not load says how to make it anew', async () => {
  const cwd = temporaryFolder();
  const engine = await findEngine({});
  if (!engine) throw new Error('the engine is not set up');
  await engineWithAddon(join(cwd, 'cache'), engine, 'no library');
  const args = ['regression', writeRecipe(cwd, {})];
  const env = { GRADER_CACHE: join(cwd, 'cache') };
  const { stdout, code } = await notGraded({ cwd, args, env });
  expect(code).toBe('engine-broken');
  expect(stdout).toMatch(/The TensorFlow addon \S+ does not load: /);
  expect(stdout).toContain('grader setup --force');
});

test('a cache that cannot be written is named', async () => {
  const cwd = temporaryFolder();
  writeFileSync(join(cwd, 'file'), '');
  const args = ['regression', writeRecipe(cwd, {})];
  const env = { GRADER_CACHE: join(cwd, 'file/cache') };
  const { stdout, code } = await notGraded({ cwd, args, env });
  expect(code).toBe('cache-not-written');
  expect(stdout).toContain('GRADER_CACHE');
});

test.each([
  ['a named folder', ['--out', 'file/out'], 'file/out'],
  ['the folder of results', [], 'results'],
])('%s that cannot be made is told before anything is graded', async (_, args, path) => {
  const cwd = temporaryFolder();
  for (const name of ['file', 'results']) writeFileSync(join(cwd, name), '');
  const run = await runGrader(['grade', 'regression', writeRecipe(cwd, {}), ...args], { cwd });
  expect(run).toMatchObject({ exitCode: 6, stdout: '' });
  expect(run.stderr).toMatch(/^error The results cannot be written to \S+: E[A-Z]+: .*\n/);
  expect(run.stderr).toContain(path);
  expect(run.stderr).toContain('Name another folder with --out.');
});

test('a result that cannot be written is told', async () => {
  const cwd = temporaryFolder();
  mkdirSync(join(cwd, 'out/log.txt'), { recursive: true });
  writeFileSync(join(cwd, 'out/report.json'), '{}');
  const args = ['grade', 'regression', writeRecipe(cwd, {}), '--out', 'out'];
  const run = await runGrader(args, { cwd });
  expect(run.exitCode).toBe(6);
  expect(run.stderr).toContain('The results cannot be written to out/log.txt: EISDIR');
});

test('a TensorFlow folder without a library is misuse, and the submission stays unjudged', async () => {
  const cwd = temporaryFolder();
  const args = ['grade', 'regression', writeRecipe(cwd, {}), '--out', 'out'];
  const env = { GRADER_LIBTENSORFLOW: cwd };
  const run = await runGrader(args, { cwd, env });
  expect(run.exitCode).toBe(2);
  expect(run.stdout).toContain('Not graded: wrong usage.');
  expect(run.stdout).toContain('Name a folder with TensorFlow');
  expect(run.stdout).not.toContain('Invalid submission');
  expect(readdirSync(join(cwd, 'out'))).toContain('report.html');
  expect(readReport(cwd)).toMatchObject({
    ...{ verdict: 'wrong-usage', points: null, countsAsAttempt: false },
  });
});

function readReport(cwd: string): GradeReport {
  return JSON.parse(readFileSync(join(cwd, 'out/report.json'), 'utf8')) as GradeReport;
}

function headlines(folder: string): string {
  return writeRecipe(folder, {
    layers:
      "layers.embedding({ inputDim: 1000, outputDim: 2, inputLength: 120 }), layers.flatten(), layers.dense({ units: 1, activation: 'sigmoid' })",
    compile: "optimizer: 'adam', loss: 'binaryCrossentropy'",
  });
}
