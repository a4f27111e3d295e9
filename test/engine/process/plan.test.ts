import { expect, test } from '@jest/globals';
import type { LayerSummary } from '../../../grader/contract.ts';
import { planExecution, planPrediction, planRoom } from '../../../grader/engine/process/plan.ts';

function layer(className: string, parameters: number, outputShape: number[]): LayerSummary {
  return { name: className.toLowerCase(), className, parameters, outputShape };
}

function plan(layers: LayerSummary[], settings: { batch: number; threads: number }) {
  const parameters = layers.reduce((sum, each) => sum + each.parameters, 0);
  return planExecution({ layers, parameters, inputShape: [30, 1] }, settings);
}

const dense = [layer('Dense', 640, [64]), layer('Dense', 4160, [64]), layer('Dense', 65, [1])];
const wide = [layer('Dense', 401_920, [512]), layer('Dense', 262_656, [512])];
const images = [layer('Conv2D', 320, [26, 26, 32]), layer('Conv2D', 18_496, [11, 11, 64])];
const sequences = [layer('LSTM', 4352, [30, 32]), layer('LSTM', 8320, [30, 32])];
const bothWays = [layer('Embedding', 160_000, [30, 16]), layer('Bidirectional', 12_544, [64])];

test('a small model trains on one thread, whatever there is', () => {
  const expected = { intraOp: 1, interOp: 1, shards: 1, oneDnn: false, gpuPays: false };
  expect(plan(dense, { batch: 32, threads: 8 })).toEqual(expected);
});

test('the batch of a wide model, whose step mostly reads weights, stays whole', () => {
  const expected = { intraOp: 1, interOp: 2, shards: 1, oneDnn: true, gpuPays: true };
  expect(plan(wide, { batch: 32, threads: 2 })).toEqual(expected);
});

test('a batch is cut in as many parts as there are threads', () => {
  expect(plan(images, { batch: 128, threads: 2 })).toMatchObject({ shards: 2, interOp: 2 });
  expect(plan(images, { batch: 128, threads: 8 })).toMatchObject({ shards: 8, interOp: 8 });
  expect(plan(sequences, { batch: 64, threads: 2 })).toMatchObject({ shards: 2, intraOp: 1 });
});

test('a batch is cut in equal parts of at least 16 rows', () => {
  expect(plan(images, { batch: 100, threads: 8 })).toMatchObject({ shards: 4 });
  expect(plan(images, { batch: 99, threads: 8 })).toMatchObject({ shards: 1 });
  expect(plan(images, { batch: 32, threads: 8 })).toMatchObject({ shards: 2 });
});

test('statistics of BatchNormalization need the whole batch', () => {
  const normalized = [...images, layer('BatchNormalization', 256, [11, 11, 64])];
  expect(plan(normalized, { batch: 128, threads: 2 })).toMatchObject({ intraOp: 2, shards: 1 });
});

test('the two directions of Bidirectional take a thread each before a batch is cut', () => {
  expect(plan(bothWays, { batch: 64, threads: 2 })).toMatchObject({ interOp: 2, shards: 1 });
  expect(plan(bothWays, { batch: 64, threads: 4 })).toMatchObject({ interOp: 4, shards: 2 });
});

test('one thread is one thread', () => {
  const { intraOp, interOp, shards } = plan(images, { batch: 128, threads: 1 });
  expect([intraOp, interOp, shards]).toEqual([1, 1, 1]);
});

test('a GPU pays for models with much to do at once, not for small and recurrent ones', () => {
  const pays = (layers: LayerSummary[]) => plan(layers, { batch: 128, threads: 1 }).gpuPays;
  expect([images, wide].map(pays)).toEqual([true, true]);
  expect([dense, sequences, bothWays].map(pays)).toEqual([false, false, false]);
});

test('as many rows are predicted at once as their activations leave room for', () => {
  const model = { layers: dense, inputShape: [9], parameters: 4865 };
  const batch = (activations: number, threads = 1) =>
    planPrediction(model, { activations, threads }).batch;
  expect([1000, 524_288, 600_000, 10 ** 9].map((values) => batch(values))).toEqual([
    128, 128, 111, 1,
  ]);
});

test('fewer rows are predicted at once where a batch would take long', () => {
  const large = { layers: [layer('Dense', 2 ** 27, [4])], inputShape: [9], parameters: 2 ** 27 };
  expect(planPrediction(large, { activations: 4, threads: 1 }).batch).toBe(32);
});

test('a training validates as many batches at once as memory has room for', () => {
  const model = { layers: images, inputShape: [28, 28, 1], parameters: 18_816 };
  const plan = planExecution(model, { batch: 128, threads: 8 });
  const room = (activations: number) => planRoom(model, plan, { activations, batch: 128 });
  expect(room(1000)).toEqual({ predicted: 128, evaluations: 8 });
  expect(room(200_000)).toEqual({ predicted: 41, evaluations: 2 });
  expect(room(10 ** 9)).toEqual({ predicted: 1, evaluations: 1 });
});
