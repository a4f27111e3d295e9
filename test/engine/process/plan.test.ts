import { expect, test } from '@jest/globals';
import { modelFacts, type ModelFacts } from '../../../grader/engine/model/model-facts.ts';
import { planModel } from '../../../grader/engine/model/plan-model.ts';
import { planExecution, planPrediction, planRoom } from '../../../grader/engine/process/plan.ts';
import { layers, type Layer } from '../../../grader/index.ts';
import { document, normalised } from '../../recipe/normalised.ts';
import { describeStack } from '../../recipe/layer-models.ts';

type Loss = string | { readonly class_name: string; readonly config: object };

function factsOf(stack: readonly Layer[]): ModelFacts {
  return modelFacts(planModel(describeStack(...stack).model), 64);
}

function plan(stack: readonly Layer[], settings: { batch: number; threads: number }) {
  return planExecution(factsOf(stack), settings);
}

const dense = [
  ...[layers.dense({ units: 64, inputShape: [9] }), layers.dense({ units: 64 })],
  layers.dense({ units: 1 }),
];
const wide = [layers.dense({ units: 512, inputShape: [784] }), layers.dense({ units: 512 })];
const images = [
  layers.conv2d({ filters: 32, kernelSize: 3, inputShape: [28, 28, 1] }),
  layers.maxPooling2d({ poolSize: 2 }),
  layers.conv2d({ filters: 64, kernelSize: 3 }),
];
const recurrent = { units: 32, returnSequences: true };
const sequences = [layers.lstm({ ...recurrent, inputShape: [30, 1] }), layers.lstm(recurrent)];
const bothWays = [
  layers.embedding({ inputDim: 10_000, outputDim: 16, inputLength: 30 }),
  layers.bidirectional({ layer: layers.lstm({ units: 32 }) }),
];

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
  const normalized = [...images, layers.batchNormalization()];
  expect(plan(normalized, { batch: 128, threads: 2 })).toMatchObject({ intraOp: 2, shards: 1 });
});

test('a loss that is no mean of its examples needs the whole batch', () => {
  const facts = factsOf(images);
  const planFor = (loss: Loss) => {
    const { compile } = normalised(document({ compile: { optimizer: 'adam', loss } }));
    return planExecution(facts, { batch: 128, threads: 2, loss: compile.loss });
  };
  const parts = { interOp: 2, shards: 2 };
  const whole = { intraOp: 2, interOp: 1, shards: 1 };
  expect(planFor('meanSquaredError')).toMatchObject(parts);
  expect(planFor('categoricalHinge')).toMatchObject(parts);
  expect(planFor('hinge')).toMatchObject(whole);
  expect(planFor({ class_name: 'MeanSquaredError', config: { reduction: 'sum' } })).toMatchObject(
    whole,
  );
  const entropy = (ignoreClass: number | null) =>
    planFor({
      class_name: 'SparseCategoricalCrossentropy',
      config: { ignore_class: ignoreClass },
    });
  expect(entropy(null)).toMatchObject(parts);
  expect(entropy(3)).toMatchObject(whole);
});

test('the two directions of Bidirectional take a thread each before a batch is cut', () => {
  expect(plan(bothWays, { batch: 64, threads: 2 })).toMatchObject({ interOp: 2, shards: 1 });
  expect(plan(bothWays, { batch: 64, threads: 4 })).toMatchObject({ interOp: 4, shards: 2 });
});

test('what a layer within another one is, the model is', () => {
  const sequence = { inputShape: [4, 30, 1] };
  const wrapped = (layer: Layer) => factsOf([layers.timeDistributed({ layer, ...sequence })]);
  const both = layers.bidirectional({ layer: layers.gru({ units: 2 }) });
  expect(wrapped(both)).toMatchObject({ isRecurrent: true, directions: 2, seesTheBatch: false });
  const normalized = wrapped(layers.batchNormalization());
  expect(normalized).toMatchObject({ isRecurrent: false, directions: 1, seesTheBatch: true });
});

test('one thread is one thread', () => {
  const { intraOp, interOp, shards } = plan(images, { batch: 128, threads: 1 });
  expect([intraOp, interOp, shards]).toEqual([1, 1, 1]);
});

test('a GPU pays for models with much to do at once, not for small and recurrent ones', () => {
  const pays = (stack: readonly Layer[]) => plan(stack, { batch: 128, threads: 1 }).gpuPays;
  expect([images, wide].map(pays)).toEqual([true, true]);
  expect([dense, sequences, bothWays].map(pays)).toEqual([false, false, false]);
});

test('as many rows are predicted at once as their activations leave room for', () => {
  const facts = factsOf(dense);
  const batch = (activations: number, threads = 1) =>
    planPrediction({ ...facts, activations }, { threads }).batch;
  expect([1000, 524_288, 600_000, 10 ** 9].map((values) => batch(values))).toEqual([
    128, 128, 111, 1,
  ]);
});

test('fewer rows are predicted at once where a batch would take long', () => {
  const large = { ...factsOf(dense), multiplyAdds: 2 ** 27 };
  expect(planPrediction(large, { threads: 1 }).batch).toBe(32);
});

test('a training validates as many batches at once as memory has room for', () => {
  const facts = factsOf(images);
  const plan = planExecution(facts, { batch: 128, threads: 8 });
  const room = (activations: number) => planRoom({ ...facts, activations }, plan, { batch: 128 });
  expect(room(1000)).toEqual({ predicted: 128, evaluations: 8 });
  expect(room(200_000)).toEqual({ predicted: 41, evaluations: 2 });
  expect(room(10 ** 9)).toEqual({ predicted: 1, evaluations: 1 });
});
