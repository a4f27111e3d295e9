import { expect, test } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Failure, NdArray, Profile, ScoreJob } from '../../grader/contract.ts';
import { GraderError } from '../../grader/errors.ts';
import { runScore } from '../../grader/scoring/start.ts';
import { score, scoreArrays } from '../../grader/scoring/score.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

test('a softmax output is read as the first largest of its columns', () => {
  const { score: result } = scoreArrays(
    classification(['a', 'b', 'c']),
    floats([4, 3], [0.2, 0.4, 0.4, 0.9, 0.1, 0, 0.1, 0.1, 0.8, 0.5, 0.5, 0]),
    labels([1, 0, 2, 2]),
  );
  expect(result).toMatchObject({
    value: 0.75,
    constantBaseline: 0.5,
    points: 3,
    rows: 4,
    outputReading: 'argmax of 3 outputs',
    details: {
      kind: 'classification',
      confusions: [{ actual: 2, predicted: 0, count: 1, rows: [3] }],
    },
  });
});

test('a sigmoid output of exactly one half is class 0', () => {
  const { score: result } = scoreArrays(
    { ...classification(['no', 'yes']), task: 'binary' },
    floats([4, 1], [0.5, 0.51, 0.49, 0.9]),
    labels([0, 1, 0, 0]),
  );
  expect(result.value).toBe(0.75);
  expect(result.details).toMatchObject({
    confusion: [
      [2, 1],
      [0, 1],
    ],
    rocAuc: 2 / 3,
  });
});

test('a binary output of two columns is read by its larger one and ranked by the second', () => {
  const { score: result } = scoreArrays(
    { ...classification(['no', 'yes']), task: 'binary' },
    floats([3, 2], [0.3, 0.7, 0.6, 0.4, 0.5, 0.5]),
    labels([1, 0, 0]),
  );
  expect(result.value).toBe(1);
  expect(result.details).toMatchObject({ rocAuc: 1 });
});

test('a forecast is scored on the last of its steps, against the best constant of the training part', () => {
  const { score: result } = scoreArrays(
    {
      ...regression('forecast'),
      metric: { id: 'mae', name: 'MAE', unit: 'scaled', better: 'lower' },
      heldOut: { ...regression('forecast').heldOut, bestConstant: 0 },
    },
    floats([2, 3, 1], [9, 9, 1, 9, 9, 3]),
    floats([2], [1, 2]),
  );
  expect(result).toMatchObject({
    value: 0.5,
    constantBaseline: 1.5,
    standardError: 0.5,
    outputReading: 'last of 3 steps',
    details: { actual: [1, 2], predicted: [1, 3] },
  });
});

test('a regression is scored by its squared error', () => {
  const { score: result } = scoreArrays(
    regression('regression'),
    floats([3, 1], [1, 2, 5]),
    floats([3, 1], [1, 2, 3]),
  );
  expect(result.value).toBeCloseTo(4 / 3, 12);
  expect(result.constantBaseline).toBeCloseTo(2 / 3, 12);
  expect(result.standardError).toBeCloseTo(4 / 3, 12);
});

test('predictions that are not finite are the submission at fault, with how many rows and the first', () => {
  const failure = failureOf(() =>
    scoreArrays(
      regression('regression'),
      floats([4, 1], [1, NaN, 2, -Infinity]),
      floats([4], [1, 2, 3, 4]),
    ),
  );
  expect(failure).toMatchObject({ fault: 'candidate', code: 'predictions-not-finite' });
  expect(failure.message).toContain('in 2 of 4 held-out rows, first in row 1');
});

test.each([
  ['too few rows', floats([2, 1], [1, 2])],
  ['too many rows', floats([4, 1], [1, 2, 3, 4])],
  ['another dtype', { ...floats([3, 1], [1, 2, 3]), dtype: 'int32' as const }],
  ['two outputs', floats([3, 2], [1, 2, 3, 4, 5, 6])],
])('predictions with %s are the grader at fault', (_, predictions) => {
  const failure = failureOf(() =>
    scoreArrays(regression('regression'), predictions, floats([3], [1, 2, 3])),
  );
  expect(failure.fault).toBe('grader');
});

test.each([
  ['a label that no class has', labels([0, 1, 3])],
  ['a label between two classes', floats([3], [0, 0.5, 1])],
  ['no rows', labels([])],
  ['a target that is not finite', floats([3], [0, NaN, 1])],
])('targets with %s are the package at fault', (_, targets) => {
  const failure = failureOf(() =>
    scoreArrays(classification(['a', 'b', 'c']), floats([3, 3], new Array(9).fill(0.3)), targets),
  );
  expect(failure).toMatchObject({ fault: 'package', code: 'held-out-targets' });
});

test('a metric that does not fit the task is the package at fault', () => {
  const job = { ...classification(['a', 'b']), task: 'regression' as const };
  expect(failureOf(() => scoreArrays(job, floats([1], [1]), floats([1], [1]))).fault).toBe(
    'package',
  );
});

test('targets by which the metric has no value are the package at fault, not 0 points', () => {
  const metric = { ...classification([]).metric, id: 'roc_auc' as const };
  const job = { ...classification(['a', 'b']), metric };
  const failure = failureOf(() => scoreArrays(job, floats([2, 1], [0.2, 0.9]), labels([1, 1])));
  expect(failure).toMatchObject({
    fault: 'package',
    message: 'Metric "roc_auc" has no value for these 2 held-out targets.',
  });
});

test('of a problem that discloses totals alone nothing leaves that is of one row', () => {
  const secret = { disclosure: 'totals' as const };
  const values = scoreArrays(
    {
      ...regression('forecast'),
      ...secret,
      heldOut: { ...regression('forecast').heldOut, labels: ['a', 'b'] },
    },
    floats([2, 1], [1, 7.25]),
    floats([2, 1], [1.5, 2.125]),
  );
  expect(values.ranked).toBeNull();
  expect(values.score.details).toMatchObject({ mae: 2.8125, actual: [], predicted: [] });
  expect(JSON.stringify(values)).not.toMatch(/labels|2\.125|7\.25|1\.5\b/);
  const classes = scoreArrays(
    { ...classification(['no', 'yes']), ...secret, task: 'binary' },
    floats([4, 1], [0.5, 0.51, 0.49, 0.9]),
    labels([0, 1, 0, 0]),
  );
  expect(classes.ranked).toBeNull();
  expect(classes.score.details).toMatchObject({ confusions: [{ count: 1, rows: [] }] });
});

test('a file of another size than its shape is refused', async () => {
  await withFolder(async (folder) => {
    const job = await written(folder, [1, 2, 3]);
    await writeFile(job.predictions.path, new Uint8Array(8));
    await expect(score(job)).rejects.toMatchObject({
      failure: { fault: 'machine', code: 'array-size' },
    });
  });
});

test('the scoring process gives the same result as the function, and its failures', async () => {
  await withFolder(async (folder) => {
    const job = await written(folder, [1, 2, 5]);
    expect(await runScore(job)).toEqual(await score(job));
    const bad = await written(folder, [1, NaN, 5]);
    await expect(runScore(bad)).rejects.toMatchObject({
      failure: { fault: 'candidate', code: 'predictions-not-finite' },
    });
  });
});

test('an aborted scoring is interrupted', async () => {
  await withFolder(async (folder) => {
    const signal = AbortSignal.abort();
    await expect(runScore(await written(folder, [1, 2, 5]), { signal })).rejects.toMatchObject({
      failure: { fault: 'interrupted' },
    });
  });
});

function floats(shape: readonly number[], values: readonly number[]): NdArray {
  return { dtype: 'float32', shape, data: Float32Array.from(values) };
}

function labels(values: readonly number[]): NdArray {
  return { dtype: 'uint8', shape: [values.length], data: Uint8Array.from(values) };
}

function classification(classes: readonly string[]): ScoreJob {
  return {
    ...regression('multiclass'),
    classes,
    metric: { id: 'accuracy', name: 'accuracy', unit: '', better: 'higher' },
    profile: profile([0.9, 0.8, 0.7, 0.6, 0.5]),
  };
}

test('an earlier model is compared row by row, and one that cannot be read is passed over', async () => {
  const folder = temporaryFolder();
  const job = await written(folder, [1, 2, 4]);
  const earlier = { ...job.predictions, path: join(folder, 'earlier.f32') };
  const scoreBeside = async (values: readonly number[]) => {
    await writeFile(earlier.path, new Uint8Array(Float32Array.from(values).buffer));
    return (await score({ ...job, earlier })).score.difference;
  };
  expect((await scoreBeside([1, 2, 3]))?.value).toBeCloseTo(1 / 3, 12);
  expect(await scoreBeside([1, 2])).toBeUndefined();
  expect(await scoreBeside([1, NaN, 3])).toBeUndefined();
  expect((await runScore({ ...job, earlier: job.predictions })).score.difference?.value).toBe(0);
});

function regression(task: ScoreJob['task']): ScoreJob {
  const file = { path: '', dtype: 'float32', shape: [3] } as const;
  return {
    task,
    metric: { id: 'mse', name: 'MSE', unit: 'mpg²', better: 'lower' },
    classes: [],
    profile: profile([1, 2, 3, 4, 5]),
    predictions: file,
    heldOut: { targets: file },
    disclosure: 'rows',
  };
}

function profile(values: readonly number[]): Profile {
  const bars = values.map((value, index) => ({ points: (5 - index) as 1 | 2 | 3 | 4 | 5, value }));
  return { title: 'Strict', source: 'measured', inclusive: true, bars };
}

async function written(folder: string, predicted: readonly number[]): Promise<ScoreJob> {
  const predictions = { path: join(folder, 'p.bin'), dtype: 'float32', shape: [3, 1] } as const;
  const targets = { path: join(folder, 't.bin'), dtype: 'float32', shape: [3] } as const;
  await writeFile(predictions.path, new Uint8Array(Float32Array.from(predicted).buffer));
  await writeFile(targets.path, new Uint8Array(Float32Array.from([1, 2, 3]).buffer));
  return { ...regression('regression'), predictions, heldOut: { targets } };
}

async function withFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'score-'));
  try {
    await use(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

function failureOf(run: () => unknown): Failure {
  try {
    run();
  } catch (error) {
    if (error instanceof GraderError) return error.failure;
    throw error;
  }
  throw new Error('nothing was thrown');
}
