import { expect, test } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GradeReport } from '../../grader/contract.ts';
import { gradeAsJson, runGrader } from '../support/run-grader.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const recipe = (
  optimizer: string,
) => `import { defineRecipe, layers, sequential, train } from 'grader';
export default defineRecipe({
  model: sequential([
    layers.dense({ units: 16, activation: 'relu', inputShape: [9] }),
    layers.dense({ units: 16, activation: 'relu' }),
    layers.dense({ units: 1 }),
  ]),
  compile: { optimizer: ${optimizer}, loss: 'mse' },
  fit: { epochs: 3, batchSize: 8 },
});`;

test.each([
  ['too-low', 'train.adam({ learningRate: 1e-5 })', 'The learning rate, 1.00e−5, is too low: take'],
  ['about-right', 'train.adam({ learningRate: 0.01 })', 'The learning rate, 0.01, is about right;'],
  [
    'too-high',
    'train.sgd({ learningRate: 0.02, momentum: 0.9 })',
    'The learning rate, 0.02, is too high: take',
  ],
] as const)(
  'a learning rate that is %s is told as such, and the score stays',
  async (verdict, optimizer, words) => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'cars.ts'), recipe(optimizer));
    const grade = (...more: string[]) => gradeAsJson(['regression', 'cars.ts', ...more], { cwd });
    const { report } = await grade('--sweep', '--out', 'out');
    const { sweep } = report;
    expect(sweep?.verdict).toBe(verdict);
    expect(sweep?.runs).toHaveLength(9);
    expect(sweep?.runs[4]?.rate).toBe(sweep?.own);
    if (verdict === 'too-low') expect(sweep?.taken).toBeGreaterThan(1e-4);
    if (verdict === 'too-high') expect(sweep?.taken).toBeLessThan(0.02);
    expect(readFileSync(join(cwd, 'out/report.html'), 'utf8')).toContain(words);
    const plain = await grade('--out', 'plain');
    expect(plain.report.sweep).toBe(undefined);
    expect(plain.report.failure).toEqual(report.failure);
    expect(plain.report.score).toEqual(report.score);
  },
);

test('a training whose loss is not finite at once is swept all the same, and fails as it does', async () => {
  const cwd = temporaryFolder();
  writeFileSync(join(cwd, 'cars.ts'), recipe('train.sgd({ learningRate: 50, momentum: 0.9 })'));
  const words = ['grade', 'regression', 'cars.ts', '--sweep', '--out', 'out'];
  const { stdout, exitCode } = await runGrader(words, { cwd });
  expect(exitCode).toBe(3);
  const report = JSON.parse(readFileSync(join(cwd, 'out/report.json'), 'utf8')) as GradeReport;
  expect(report).toMatchObject({ score: null, points: 0, failure: { code: 'loss-not-finite' } });
  expect(report.sweep).toMatchObject({ own: 50, verdict: 'too-high' });
  expect(report.sweep?.runs[4]).toEqual({ rate: 50, loss: null });
  expect(report.sweep?.taken).toBeLessThan(50);
  const told = 'The learning rate, 50, is too high: take';
  expect(stdout).toContain(`Rate  ${told}`);
  expect(readFileSync(join(cwd, 'out/report.html'), 'utf8')).toContain(told);
});
