import { beforeEach, expect, test } from '@jest/globals';
import { execa } from 'execa';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GradeReport } from '../../grader/contract.ts';
import { packageRoot } from '../../grader/package-root.ts';
import { gradeAsJson, runGrader } from '../support/run-grader.ts';
import { writeRecipe } from '../support/simple-recipe.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { readRun, scalarsOf } from './read-events.ts';

let cwd = '';
beforeEach(() => void (cwd = temporaryFolder()));

const model = join(packageRoot, 'test/fixtures/keras/regression.h5');
const recipe = () =>
  writeRecipe(cwd, {
    layers: 'layers.dense({ units: 4, inputShape: [9] }), layers.dense({ units: 1 })',
    compile:
      "optimizer: train.adam({ learningRate: 0.25 }), loss: 'meanSquaredError', metrics: ['mae']",
    fit: 'epochs: 3, batchSize: 64, callbacks: [callbacks.keepBest()]',
  });
const grade = (file: string, ...words: string[]) =>
  gradeAsJson(['regression', file, '--tensorboard', 'board', ...words], { cwd });

/** Each value of a training's history as its curve has it: [tag, epoch from 0, value]. */
function curvesOf({ training }: GradeReport, isValidation: boolean) {
  return (training?.history ?? []).flatMap(({ epoch, learningRate, gradientNorm, logs }) => {
    const own = Object.entries(logs).filter(([name]) => name.startsWith('val_') === isValidation);
    const ofSteps = [
      ['epoch_learning_rate', epoch - 1, learningRate],
      ['epoch_gradient_norm', epoch - 1, gradientNorm?.mean],
    ];
    return [
      ...own.map(([name, value]) => [`epoch_${name.replace('val_', '')}`, epoch - 1, value]),
      ...(isValidation ? [] : ofSteps),
    ];
  });
}

/** Reports are rounded to seven digits. */
const rounded = (rows: readonly (readonly unknown[])[]) =>
  rows.map(([tag, step, value]) => [tag, step, Number(Number(value).toPrecision(5))]);

test('a training has its curves, graph, weights and session', async () => {
  const { report } = await grade(recipe());
  const curves = (run: string) => scalarsOf(readRun(join(cwd, 'board', run)));
  expect(rounded(curves('train'))).toEqual(rounded(curvesOf(report, false)));
  expect(rounded(curves('validation'))).toEqual(rounded(curvesOf(report, true)));
  expect(curves('train').length).toBe(12);
  expect(rounded(curves('.'))).toEqual(
    rounded([
      [`held_out/${report.problem.metric.id}`, 0, report.score?.value],
      ['held_out/points', 0, report.points],
    ]),
  );
  const train = readRun(join(cwd, 'board/train'));
  expect(train.filter(({ graph }) => graph !== null).length).toBe(1);
  const histograms = train.flatMap(({ step, value }) =>
    value?.plugin === 'histograms' ? [step] : [],
  );
  const graded = (report.training?.gradedEpoch ?? 0) - 1;
  expect(histograms).toEqual([graded, graded, graded, graded]);
  const times = train.map(({ seconds }) => seconds);
  expect(times).toEqual([...times].sort((a, b) => a - b));

  const again = await runGrader(['grade', 'regression', 'recipe.ts', '--tensorboard', 'board'], {
    cwd,
  });
  expect(again.exitCode).toBe(2);
  expect(again.stderr).toContain('board has the curves of an earlier training.');
});

test('several seeds are a folder each', async () => {
  const { report } = await grade(recipe(), '--seeds', '2', '--seed', '5');
  expect(readdirSync(join(cwd, 'board')).filter((name) => name.startsWith('seed-'))).toEqual([
    'seed-5',
    'seed-6',
  ]);
  for (const { seed, points } of report.seeds?.runs ?? []) {
    const board = join(cwd, `board/seed-${seed}`);
    expect(scalarsOf(readRun(join(board, 'train'))).length).toBe(12);
    expect(scalarsOf(readRun(board))).toContainEqual(['held_out/points', 0, points]);
    const tags = readRun(join(board, 'train')).map(({ value }) => value?.plugin);
    const isGraded = seed === report.environment.seed;
    expect(tags.filter((plugin) => plugin === 'histograms').length).toBe(isGraded ? 4 : 0);
  }
});

test('a model that is not trained has its score alone, which is said', async () => {
  const { stdout, stderr } = await runGrader(
    ['grade', 'regression', model, '--tensorboard', 'board'],
    { cwd },
  );
  expect(stdout + stderr).toContain('TensorBoard has the score alone');
  expect(readdirSync(join(cwd, 'board')).length).toBe(1);
  const events = readRun(join(cwd, 'board'));
  expect(scalarsOf(events).map(([tag]) => tag)).toContain('held_out/points');
});

test('a folder that cannot be written ends a grading before anything is trained', async () => {
  writeFileSync(join(cwd, 'board'), 'a file');
  const args = ['grade', 'regression', recipe(), '--tensorboard', 'board', '--out', 'out'];
  const { exitCode, stderr } = await runGrader(args, { cwd });
  expect(exitCode).toBe(6);
  expect(stderr).toContain('The files of TensorBoard cannot be written to board: ');
  expect(readdirSync(cwd).sort()).toEqual(['board', 'recipe.ts']);
});

test('check has a folder for each submission', async () => {
  const file = recipe();
  const args = ['check', '.', '--tensorboard', 'board', '--min-points', '0'];
  await execa('mv', [file, 'regression.ts'], { cwd });
  const { exitCode } = await runGrader(args, { cwd });
  expect(exitCode).toBe(0);
  expect(readdirSync(join(cwd, 'board/regression')).sort().slice(1)).toEqual([
    'train',
    'validation',
  ]);
});

/** A Python that has tensorboard; nothing else needs one. */
const python = process.env['GRADER_TEST_TENSORBOARD_PYTHON'];

if (python !== undefined) {
  test('TensorBoard itself reads scalars, graph, histograms and session', async () => {
    const { report } = await grade(recipe());
    const reader = join(packageRoot, 'test/tensorboard/read-tensorboard.py');
    const { stdout } = await execa(python, [reader, join(cwd, 'board')]);
    const read = JSON.parse(stdout) as Record<string, Record<string, unknown>>;
    expect(Object.keys(read).sort()).toEqual(['.', 'train', 'validation']);
    const scalars = (run: string) =>
      Object.entries(read[run]?.['scalars'] as Record<string, [number, number][]>).flatMap(
        ([tag, points]) => points.map(([step, value]) => [tag, step, value]),
      );
    const sorted = (rows: readonly (readonly unknown[])[]) => rounded(rows).sort();
    expect(sorted(scalars('train'))).toEqual(sorted(curvesOf(report, false)));
    expect(sorted(scalars('validation'))).toEqual(sorted(curvesOf(report, true)));
    expect(read['train']?.['graph']).toEqual([
      ['dense', 'Dense', []],
      ['dense_1', 'Dense', ['dense']],
    ]);
    const histograms = read['train']?.['histograms'] as Record<string, [number, number[][]][]>;
    const counts = Object.values(histograms).map(([point]) =>
      point?.[1].reduce((sum, [, , count = 0]) => sum + count, 0),
    );
    expect(counts).toEqual([36, 4, 4, 1]);
    const hparams = { optimizer: 'Adam', loss: 'MeanSquaredError', learning_rate: 0.25 };
    expect(read['.']?.['session']).toEqual({
      hparams: { ...hparams, batch_size: 64, epochs: 3, seed: 1 },
      status: 1,
    });
  });
}
