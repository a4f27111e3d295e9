import { beforeEach, expect, test } from '@jest/globals';
import { mkdirSync, readdirSync, rmSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readArray } from '../../grader/array-file.ts';
import type {
  Failure,
  LazyArray,
  NdArray,
  ProblemCode,
  ProblemData,
} from '../../grader/contract.ts';
import { GraderError } from '../../grader/errors.ts';
import {
  prepareProblem,
  type LoadedProblem,
  type PrepareJob,
} from '../../grader/prepare/prepare.ts';
import { runPrepare } from '../../grader/prepare/start.ts';
import { findProblem } from '../../problems/index.ts';
import { loadedProblem } from '../support/loaded-problem.ts';
import { setEnvironment } from '../support/environment.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

let cache = '';

beforeEach(() => {
  cache = temporaryFolder();
  setEnvironment('GRADER_CACHE', cache);
  setEnvironment('EXAM_DATA_MIRROR', undefined);
});

const sunspots = await loadedProblem('sunspots');
const sarcasm = await loadedProblem('sarcasm');
const real: PrepareJob = {
  directory: sunspots.directory,
  ...{ sample: false, sampleSeed: 1, offline: true },
};
const quiet = () => undefined;
const foldersMade = () => readdirSync(join(cache, 'prepared'));

test('the trainer gets inputs everywhere and targets of the open parts, the scorer the rest', async () => {
  const said: string[] = [];
  const { data, heldOut } = await prepareProblem(sunspots, real, ({ text }) => said.push(text));
  const expected = await sunspots.code.prepare({
    variant: 'original',
    directory: sunspots.directory,
    path: (name) => join(sunspots.directory, 'data', name),
    bytes: (name) => readFile(join(sunspots.directory, 'data', name)),
  });
  expect(await readArray(data.training.inputs)).toEqual({ ...expected.training.inputs });
  expect(await readArray(data.validation.targets)).toEqual({ ...expected.validation.targets });
  expect(await readArray(data.heldOut.inputs)).toEqual({ ...expected.heldOut.inputs });
  expect(await readArray(heldOut.targets)).toEqual({ ...expected.heldOut.targets });
  expect(heldOut.labels).toHaveLength(235);
  expect(heldOut.bestConstant).toBeCloseTo(0.17, 2);
  expect(JSON.stringify(data)).not.toContain('held-out/targets');
  expect(data.source).toEqual({ dataset: 'sunspots', variant: 'original', sample: false });
  expect(said).toContain('Wrote open/training-inputs, 2670 rows');
  expect(said.at(-1)).toBe('The data are ready');
});

test('what was prepared is used again, and made again when a file was damaged', async () => {
  const first = await prepareProblem(sunspots, real, quiet);
  const said: string[] = [];
  const again = await prepareProblem(sunspots, real, ({ text }) => said.push(text));
  expect(again).toEqual(first);
  expect(said).toEqual(['The data are ready, as an earlier run prepared them']);
  truncateSync(first.data.training.inputs.path, 100);
  const repaired = await prepareProblem(sunspots, real, quiet);
  expect((await readArray(repaired.data.training.inputs)).shape).toEqual([2670, 30, 1]);
  expect(foldersMade()).toHaveLength(1);
});

test('two runs at once leave one whole folder', async () => {
  const [one, other] = await Promise.all([
    prepareProblem(sunspots, real, quiet),
    prepareProblem(sunspots, real, quiet),
  ]);
  expect(one).toEqual(other);
  expect(foldersMade()).toHaveLength(1);
  expect((await readArray(one.data.training.inputs)).shape).toEqual([2670, 30, 1]);
});

test('each sample seed has a folder of its own', async () => {
  const job = { directory: sarcasm.directory, sample: true };
  const one = await prepareProblem(sarcasm, { ...job, sampleSeed: 1 }, quiet);
  const two = await prepareProblem(sarcasm, { ...job, sampleSeed: 2 }, quiet);
  expect(one.data.source).toMatchObject({ variant: 'sample', sample: true, sampleSeed: 1 });
  expect(foldersMade()).toHaveLength(2);
  expect(await readArray(one.data.training.inputs)).not.toEqual(
    await readArray(two.data.training.inputs),
  );
  expect(one.heldOut.bestConstant).toBeUndefined();
});

test('folders that no run used for a week are removed, others of other problems stay', async () => {
  const old = join(cache, 'prepared', 'sunspots-0123456789abcdef');
  const recent = join(cache, 'prepared', 'sunspots-0123456789abcdee');
  const foreign = join(cache, 'prepared', 'sarcasm-0123456789abcdef');
  const longAgo = new Date(Date.now() - 8 * 24 * 3600 * 1000);
  for (const folder of [old, recent, foreign]) mkdirSync(folder, { recursive: true });
  utimesSync(old, longAgo, longAgo);
  utimesSync(foreign, longAgo, longAgo);
  await prepareProblem(sunspots, real, quiet);
  expect(foldersMade()).toHaveLength(3);
  expect(foldersMade()).not.toContain('sunspots-0123456789abcdef');
});

test('a problem without a sample refuses the wish for one', async () => {
  const failure = await failureOf(prepareProblem(sunspots, { ...real, sample: true }, quiet));
  expect(failure).toMatchObject({ fault: 'usage', code: 'no-sample' });
});

test('an exception in data.ts is the fault of the package', async () => {
  const broken = withCode({ prepare: () => Promise.reject(new Error('column 7 is missing')) });
  const failure = await failureOf(prepareProblem(broken, real, quiet));
  expect(failure).toMatchObject({ fault: 'package', code: 'problem-data' });
  expect(failure.message).toBe(
    'The problem package sunspots is broken: its data.ts fails: column 7 is missing.',
  );
});

const column = (rows: number, fill = 0): NdArray => ({
  dtype: 'float32',
  shape: [rows, 30, 1],
  data: new Float32Array(rows * 30).fill(fill),
});
const lastSteps = (rows: number): NdArray => ({
  dtype: 'float32',
  shape: [rows, 1],
  data: new Float32Array(rows),
});
const good: ProblemData = {
  training: { inputs: column(3), targets: column(3) },
  validation: { inputs: column(2), targets: column(2) },
  heldOut: { inputs: column(2, 1), targets: lastSteps(2) },
  decoding: {},
  notes: [],
};

test.each<[string, Partial<ProblemData>]>([
  [
    'training inputs must be of shape [30, 1] or [None, 1] or [30] a row after decoding, got [15, 2]',
    { training: { inputs: { ...column(3), shape: [3, 15, 2] }, targets: column(3) } },
  ],
  [
    'training inputs must be float32 or uint8, got int32',
    {
      training: {
        inputs: { dtype: 'int32', shape: [3, 30, 1], data: new Int32Array(90) },
        targets: column(3),
      },
    },
  ],
  [
    'validation has 2 inputs but 3 targets',
    { validation: { inputs: column(2), targets: column(3) } },
  ],
  [
    'heldOut targets must be of shape [1] a row, got [30, 1]',
    { heldOut: { inputs: column(2), targets: column(2) } },
  ],
  [
    'training inputs must be finite, got NaN at value 0',
    { training: { inputs: column(3, NaN), targets: column(3) } },
  ],
  [
    'training inputs of shape [3, 30, 1] need 90 values, got 60',
    { training: { inputs: { ...column(3), data: new Float32Array(60) }, targets: column(3) } },
  ],
  ['training has no rows', { training: { inputs: column(0), targets: column(0) } }],
  ['heldOutLabels has 1 entries for 2 held-out rows', { heldOutLabels: ['January'] }],
])('data that break the contract are named: %s', async (words, change) => {
  const broken = withCode({ prepare: () => Promise.resolve({ ...good, ...change }) });
  const { fault, message } = await failureOf(prepareProblem(broken, real, quiet));
  expect([fault, message]).toEqual([
    'package',
    `The problem package sunspots is broken: its data.ts returns wrong data: ${words}.`,
  ]);
});

function lazily(rows: number, blocks: readonly NdArray['data'][]): LazyArray {
  return {
    dtype: 'float32',
    shape: [rows, 30, 1],
    async *blocks() {
      for (const block of blocks) yield await Promise.resolve(block);
    },
  };
}

function withCode(code: ProblemCode): LoadedProblem {
  return { ...sunspots, code };
}

function withTraining(inputs: LazyArray): LoadedProblem {
  const data = { ...good, training: { inputs, targets: column(3) } };
  return withCode({ prepare: () => Promise.resolve(data) });
}

test('rows that are made while they are written end up in the same file', async () => {
  const values = Float32Array.from({ length: 90 }, (_, index) => index / 90);
  const blocks = [values.subarray(0, 60), values.subarray(60)];
  const said: string[] = [];
  const problem = withTraining(lazily(3, blocks));
  const { data } = await prepareProblem(problem, real, ({ text }) => said.push(text));
  expect(said).toContain('Decoded 2 of 3 training inputs');
  const written = await readArray(data.training.inputs);
  expect([written.shape, [...written.data]]).toEqual([[3, 30, 1], [...values]]);
});

const row = new Float32Array(30);

test.each<[string, readonly NdArray['data'][]]>([
  ['training inputs of shape [3, 30, 1] need 90 values, got 60', [row, row]],
  ['training inputs of shape [3, 30, 1] need 90 values, got 120', [row, row, row, row]],
  [
    'a block of training inputs of shape [2, 30, 1] need 60 values, got 31',
    [row, new Float32Array(31), row],
  ],
  [
    'a block of training inputs of float32 must be a Float32Array, got Int32Array',
    [new Int32Array(30)],
  ],
  [
    'a block of training inputs must be finite, got NaN at value 29',
    [row, Float32Array.from(row).fill(NaN, 29)],
  ],
])('rows that break the contract while they are written are named: %s', async (words, blocks) => {
  const { fault, message } = await failureOf(
    prepareProblem(withTraining(lazily(3, blocks)), real, quiet),
  );
  expect([fault, message]).toEqual([
    'package',
    `The problem package sunspots is broken: its data.ts returns wrong data: ${words}.`,
  ]);
  expect(foldersMade()).toEqual([]);
});

test('an exception while rows are made is the fault of the package and leaves no folder', async () => {
  const inputs: LazyArray = {
    ...lazily(3, []),
    async *blocks() {
      yield await Promise.resolve(row);
      throw new Error('picture 1 is missing');
    },
  };
  const { fault, message } = await failureOf(prepareProblem(withTraining(inputs), real, quiet));
  expect(fault).toBe('package');
  expect(message).toContain('its data.ts fails: picture 1 is missing.');
  expect(foldersMade()).toEqual([]);
});

test('a label that is no class is named', async () => {
  const data = sarcasm.code.sample?.(1);
  if (!data) throw new Error('no sample');
  data.heldOut.targets.data[7] = 2;
  const broken = { ...sarcasm, code: { ...sarcasm.code, sample: () => data } };
  const job = { directory: sarcasm.directory, sample: true, sampleSeed: 1 };
  const { message } = await failureOf(prepareProblem(broken, job, quiet));
  expect(message).toContain('heldOut targets must be labels from 0 to 1, got 2');
});

test('the built preparer does the same in a process of its own', async () => {
  const said: string[] = [];
  const inChild = await runPrepare(real, { onProgress: ({ text }) => said.push(text) });
  expect(said.at(-1)).toBe('The data are ready');
  const here = await prepareProblem(sunspots, real, quiet);
  expect(await readArray(inChild.data.training.inputs)).toEqual(
    await readArray(here.data.training.inputs),
  );
  expect(inChild.data.training.inputs.path.startsWith(cache)).toBe(true);
});

test("a missing data set reaches the parent as the child's own failure", async () => {
  const job = { directory: sarcasm.directory, sample: false, sampleSeed: 1, offline: true };
  expect(await failureOf(runPrepare(job))).toMatchObject({
    fault: 'machine',
    code: 'dataset-missing',
  });
});

test('an interrupt ends the preparer', async () => {
  const interrupt = new AbortController();
  const job = { directory: findProblem('fashion-mnist').directory, sample: true, sampleSeed: 1 };
  const failing = failureOf(runPrepare(job, { signal: interrupt.signal }));
  interrupt.abort();
  expect(await failing).toMatchObject({ fault: 'interrupted' });
});

test('a cache that cannot be written is the fault of the machine', async () => {
  rmSync(cache, { recursive: true });
  writeFileSync(cache, '');
  expect(await failureOf(prepareProblem(sunspots, real, quiet))).toMatchObject({
    fault: 'machine',
    code: 'cache-not-written',
  });
});

async function failureOf(work: Promise<unknown>): Promise<Failure> {
  try {
    await work;
  } catch (error) {
    if (error instanceof GraderError) return error.failure;
    throw error;
  }
  throw new Error('nothing was thrown');
}
