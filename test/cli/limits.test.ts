import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GradeReport } from '../../grader/contract.ts';
import { runGrader } from '../support/run-grader.ts';
import { writeRecipe, type RecipeParts } from '../support/simple-recipe.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

interface Refused {
  readonly stdout: string;
  readonly code: string | undefined;
  readonly seconds: number;
}

/** Grades a recipe that asks for too much and checks what every such refusal has in common. */
async function refused(problem: string, parts: RecipeParts): Promise<Refused> {
  const cwd = temporaryFolder();
  const recipe = writeRecipe(cwd, parts);
  const started = performance.now();
  const run = await runGrader(['grade', problem, recipe, '--out', 'out'], { cwd });
  const seconds = (performance.now() - started) / 1000;
  expect(run).toMatchObject({ exitCode: 4, stderr: '' });
  const report = JSON.parse(readFileSync(join(cwd, 'out/report.json'), 'utf8')) as GradeReport;
  expect(report).toMatchObject({ verdict: 'limit-exceeded', points: 0, training: null });
  const blame = 'The submission asks for more than the limits allow.';
  expect(run.stdout).toContain(`Limit exceeded. ${blame}`);
  expect(readFileSync(join(cwd, 'out/report.html'), 'utf8')).toContain(blame);
  return { stdout: run.stdout, code: report.failure?.code, seconds };
}

test('too many parameters are refused with their number and the largest layer', async () => {
  const layers =
    'layers.dense({ units: 5000, inputShape: [9] }), layers.dense({ units: 5000 }), layers.dense({ units: 1 })';
  const { stdout, code } = await refused('regression', { layers });
  expect(code).toBe('model-too-large');
  expect(stdout).toContain('The model has 25,060,001 parameters; the limit is 20,000,000.');
  expect(stdout).toContain('Most are in dense_1 (25,005,000).');
});

test('a trillion parameters are refused before one of them is made', async () => {
  const layers =
    'layers.dense({ units: 1e6, inputShape: [9] }), layers.dense({ units: 1e6 }), layers.dense({ units: 1 })';
  const { stdout, seconds } = await refused('regression', { layers });
  expect(stdout).toContain('The model has 1,000,012,000,001 parameters');
  // Measured: 1.8 s on a busy machine. One weight matrix of this size has 4 TB.
  expect(seconds).toBeLessThan(20);
});

test('too many layers are refused with their number', async () => {
  const many = 'Array.from({ length: 220 }, () => layers.dense({ units: 1 }))';
  const layers = `layers.dense({ units: 1, inputShape: [9] }), ...${many}`;
  const { stdout } = await refused('regression', { layers });
  expect(stdout).toContain('The model has 221 layers; a recipe may have at most 200.');
});

test('a batch that would not fit into memory is refused by forecast', async () => {
  const layers = 'layers.dense({ units: 60000, inputShape: [30, 1] }), layers.dense({ units: 1 })';
  const { stdout } = await refused('sunspots', { layers, fit: 'epochs: 1, batchSize: 4096' });
  expect(stdout).toContain(
    'The layers take 56,251 MiB for one batch of 4,096; the limit is 8,192.',
  );
  expect(stdout).toContain('Take a smaller batchSize');
});

test('a recipe that never ends is stopped after ten seconds', async () => {
  const { stdout, code, seconds } = await refused('regression', { after: 'for (;;);' });
  expect(code).toBe('recipe-time');
  expect(stdout).toMatch(/was stopped after 1\d\.\d s; a recipe may take 10 s/);
  expect(seconds).toBeLessThan(60);
});

test('a recipe that prints without end is stopped', async () => {
  const { stdout, code } = await refused('regression', {
    after: "for (;;) console.log('hello '.repeat(100));",
  });
  expect(code).toBe('recipe-printed');
  expect(stdout).toContain('recipe.ts printed more than 1 MiB.');
});

test('a recipe that takes memory without end is stopped', async () => {
  const { stdout, code } = await refused('regression', {
    after: 'const kept = []; for (;;) kept.push(new Array(1e5).fill(Math.random()));',
  });
  // Whichever is noticed first.
  expect(code).toMatch(/^recipe-(heap|memory)$/);
  expect(stdout).toMatch(/the 128 MiB that a recipe may use/);
});

test('a huge source file is refused unread, with its size', async () => {
  const text = await refused('regression', { after: `// ${'x'.repeat(300_000)}` });
  expect(text.code).toBe('source-too-large');
  expect(text.stdout).toMatch(/recipe\.ts has 300\d\d\d bytes; a recipe may have 262144\./);
  const larger = await refused('regression', { after: `// ${'x'.repeat(3_000_000)}` });
  expect(larger.stdout).toMatch(/has 3000\d\d\d bytes; a recipe may have 262144\./);
});
