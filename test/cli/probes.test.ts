import { expect, test } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../grader/package-root.ts';
import { writeProblem } from '../support/outside-problem.ts';
import { cacheWithEngine } from '../support/program-copy.ts';
import { gradeAsJson } from '../support/run-grader.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const mixing = `import { defineRecipe, layers, sequential } from 'grader';
export default defineRecipe({
  model: sequential([
    layers.permute({ dims: [2, 1], inputShape: [30, 1] }),
    layers.dense({ units: 30, activation: 'relu' }),
    layers.dense({ units: 30 }),
    layers.permute({ dims: [2, 1] }),
  ]),
  compile: { optimizer: 'adam', loss: 'huber', metrics: ['mae'] },
  fit: { epochs: 2 },
});`;

test('a model that sees later steps is told so, trained here or handed in; one that does not is not', async () => {
  const cwd = temporaryFolder();
  const grade = async (text: string, folder: string) => {
    writeFileSync(join(cwd, `${folder}.ts`), text);
    const { report } = await gradeAsJson(['sunspots', `${folder}.ts`, '--out', folder], { cwd });
    const again = await gradeAsJson(
      ['sunspots', join(folder, 'model/model.json'), '--out', `${folder}-again`],
      { cwd },
    );
    return [report, again.report];
  };
  for (const report of await grade(mixing, 'mixing')) {
    expect(report.failure).toBe(null);
    expect(report.findings.map(({ id }) => id)).toContain('sees-later-steps');
    expect(report.probes?.laterSteps).toMatchObject({ steps: 15, rows: 32 });
    expect(report.probes?.laterSteps?.moved).toBeGreaterThan(0.1);
  }
  const causal = mixing.replace(
    /layers.permute[^]*layers.permute.*\n/,
    'layers.gru({ units: 4, returnSequences: true, inputShape: [30, 1] }), layers.dense({ units: 1 }),\n',
  );
  for (const report of await grade(causal, 'causal')) {
    expect(report.findings.map(({ id }) => id)).not.toContain('sees-later-steps');
    expect(report.probes?.laterSteps).toEqual({ steps: 15, rows: 32, moved: 0 });
  }
  expect(readFileSync(join(cwd, 'causal/report.html'), 'utf8')).toContain(
    'Inputs after step 15 were changed: the outputs up to it stayed as they were',
  );
});

test.each(['regression', 'sunspots'])(
  'a model for %s that knows held-out rows by their exact values is told so, and keeps its points',
  async (problem) => {
    const file = join(packageRoot, 'test/fixtures/by-heart', `${problem}.keras`);
    const cwd = temporaryFolder();
    const { report } = await gradeAsJson([problem, file, '--out', 'out'], { cwd });
    expect(report.points).toBe(5);
    expect(report.findings.map(({ id }) => id)).toEqual(['exact-rows-only']);
    const { rows = 0, changed = 0 } = report.probes?.perturbedInputs ?? {};
    expect(rows).toBe(32);
    expect(changed).toBeGreaterThan(10);
    expect(readFileSync(join(cwd, 'out/report.html'), 'utf8')).toContain(
      `was added to 32 held-out rows: ${changed} of them got another answer.`,
    );
  },
);

test.each([
  ['as they are', 'point', { exact: 20, near: 0 }],
  [
    'nearly',
    '({ at: point.at.map((value) => value + 1e-4), height: point.height })',
    { exact: 0, near: 20 },
  ],
])('held-out rows that are trained on %s are counted and told', async (_, row, counts) => {
  const cwd = temporaryFolder();
  const env = { GRADER_CACHE: cacheWithEngine(cwd) };
  const folder = writeProblem(join(cwd, 'more'));
  const file = join(folder, 'data.ts');
  const text = readFileSync(file, 'utf8').replace(
    'training: part(0)',
    `training: toSplit(points.filter((_, row) => row % 3 !== 1).map((point) => ${row}))`,
  );
  writeFileSync(file, text);
  const words = ['plane', join(folder, 'starter.ts'), '--problems', 'more', '--out', 'out'];
  const { report } = await gradeAsJson(words, { cwd, env });
  expect(report.probes).toEqual({
    ...{ laterSteps: null, sharedRows: { rows: 20, kind: 'features', ...counts } },
  });
  expect(report.findings.map(({ id }) => id)).toEqual(['shared-rows']);
  expect(report.points).toBe(5);
});
