import { beforeEach, expect, test } from '@jest/globals';
import { execa } from 'execa';
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { GradeReport } from '../../grader/contract.ts';
import { packageRoot } from '../../grader/package-root.ts';
import { checkReport } from '../../grader/report/schema.ts';
import { gradeAsJson, runGrader, type CheckJson } from '../support/run-grader.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

let cwd = '';
beforeEach(() => void (cwd = temporaryFolder()));

const linear = join(packageRoot, 'test/recipes/linear.ts');
const grade = (...words: string[]) => gradeAsJson(['regression', ...words], { cwd });
const predictionsIn = (folder: string) => readFileSync(join(cwd, folder, 'predictions.f32'));

test('of four seeds the median is graded, the worse of both in the middle, as if it were alone', async () => {
  const { report, stderr } = await grade(linear, '--seeds', '4', '--seed', '5', '--out', 'out');
  const runs = report.seeds?.runs ?? [];
  expect(runs.map(({ seed }) => seed)).toEqual([5, 6, 7, 8]);
  expect(stderr).toMatch(/^Seed 7 \(3 of 4\)$[^]*^Seed 7: [\d.]+, \d\/5$/m);
  const worstFirst = [...runs].sort((a, b) => (b.value ?? NaN) - (a.value ?? NaN));
  const median = worstFirst[1];
  expect(report).toMatchObject({
    ...{ score: { value: median?.value, points: median?.points }, points: median?.points },
    ...{ environment: { seed: median?.seed }, failure: null },
  });
  expect(new Set(runs.map(({ value }) => value)).size).toBe(4);

  const alone = await grade(linear, '--seed', String(median?.seed), '--out', 'alone');
  expect(predictionsIn('out')).toEqual(predictionsIn('alone'));
  expect(alone.report.seeds).toBe(undefined);
  expect(alone.report.score).toEqual(report.score);
  expect(existsSync(join(cwd, 'out/model/model.json'))).toBe(true);
  expect(existsSync(join(cwd, 'out/.scratch'))).toBe(false);
  const page = readFileSync(join(cwd, 'out/report.html'), 'utf8');
  expect(page).toContain('<h2>By seed</h2>');
  expect(page).toContain(`The median, seed ${median?.seed ?? ''}, is what was graded.`);
});

test('a training that fails is worse than any score, and the median may be one', async () => {
  const text = readFileSync(linear, 'utf8').replace(
    'train.adam({ learningRate: 0.5 })',
    'train.sgd({ learningRate: 1e9 })',
  );
  writeFileSync(join(cwd, 'lost.ts'), text);
  const { report, exitCode } = await grade('lost.ts', '--seeds', '2', '--out', 'out');
  expect(exitCode).toBe(3);
  expect(report).toMatchObject({ verdict: 'invalid-submission', points: 0, score: null });
  expect(report.seeds?.runs).toMatchObject([
    { seed: 1, value: null, points: 0, failure: report.failure?.code },
    { seed: 2, value: null, points: 0, failure: report.failure?.code },
  ]);
});

test('a model that is graded as it comes has no seeds', async () => {
  const model = join(packageRoot, 'test/fixtures/keras/regression.h5');
  const { stdout, exitCode } = await runGrader(['grade', 'regression', model, '--seeds', '3'], {
    cwd,
  });
  expect(exitCode).toBe(2);
  expect(stdout).toContain('there is nothing to train.');
});

test('check trains each recipe by the seeds, tries rates, and grades a model file as it comes', async () => {
  const folder = temporaryFolder();
  cpSync(linear, join(folder, 'regression.ts'));
  cpSync(join(packageRoot, 'test/fixtures/keras/regression.h5'), join(folder, 'regression-b.h5'));
  const words = ['check', '.', '--seeds', '3', '--seed', '4', '--sweep', '--json', '--out', 'out'];
  const { stdout } = await runGrader(words, { cwd: folder });
  const { reports } = JSON.parse(stdout) as CheckJson;
  const of = (name: string) => reports.find(({ submission }) => submission.file === name);
  const trained = of('regression.ts');
  expect(trained?.seeds?.runs.map(({ seed }) => seed)).toEqual([4, 5, 6]);
  const values = trained?.seeds?.runs.map(({ value }) => value ?? NaN).sort((a, b) => a - b);
  expect(trained?.score?.value).toBe(values?.[1]);
  expect(trained?.sweep?.runs).toHaveLength(9);
  const handedIn = of('regression-b.h5');
  expect(handedIn).toMatchObject({ verdict: 'passed', failure: null });
  expect([handedIn?.seeds, handedIn?.sweep]).toEqual([undefined, undefined]);
});

test('Ctrl-C leaves the seeds that are done', async () => {
  const program = join(packageRoot, 'grader/launch.js');
  const words = ['grade', 'regression', linear, '--seeds', '64', '--out', 'out'];
  const child = execa(process.execPath, [program, ...words], {
    ...{ cwd, reject: false, stdin: 'ignore', timeout: 1_800_000, forceKillAfterDelay: false },
  });
  for await (const line of createInterface({ input: child.stderr })) {
    if (line.startsWith('Seed 2: ')) break;
  }
  child.kill('SIGINT');
  const { exitCode } = await child;
  const report: GradeReport = checkReport(
    JSON.parse(readFileSync(join(cwd, 'out/report.json'), 'utf8')),
  );
  expect(exitCode).toBe(130);
  expect(report).toMatchObject({ verdict: 'interrupted', points: null, failure: null });
  expect(report.seeds?.asked).toBe(64);
  expect(report.seeds?.runs.length).toBeGreaterThanOrEqual(2);
  expect(report.seeds?.runs.length).toBeLessThan(64);
  expect(report.training?.stoppedBy).toBe('epochs');
  expect(report.score?.rows).toBe(118);
});
