import { beforeAll, expect, test } from '@jest/globals';
import { runProgram } from '../run-program.ts';

interface Training {
  readonly name: string;
  readonly trainer: 'eager' | 'compiled';
  /** Largest differences from Keras. */
  readonly weights: number;
  readonly logs: number;
  readonly predictions: number;
  /** How far the training took the weights. */
  readonly moved: number;
  readonly logNames: readonly string[][];
  readonly wantedNames: readonly string[][];
  readonly shapes: string;
  readonly wantedShapes: string;
}

function isOff({ name, weights, logs, predictions, moved }: Training): boolean {
  // Adam divides by the square root of what may be as small as rounding; by SGD 2.3e-6 was seen, by processor.
  const tolerance = name.endsWith('Adam') ? 1e-5 : 4e-6;
  const isClose = [weights, logs, predictions].every((difference) => difference <= tolerance);
  return !isClose || !(moved > 1e-2);
}

/** Of six steps with a small rate. */
function isOffBySgd({ weights, logs, predictions, moved }: Training): boolean {
  const isClose = [weights, logs, predictions].every((difference) => difference <= 2e-6);
  return !isClose || !(moved > 1e-3);
}

test('models that resize pictures train, evaluate and predict as in real Keras', async () => {
  const trainings = await runProgram<Training>('train/keras-several.js', 'resizing.json');
  expect(trainings).toHaveLength(34);
  expect(trainings.filter(isOffBySgd)).toEqual([]);
});

test('several inputs and outputs train, evaluate and predict as in real Keras', async () => {
  const trainings = await runProgram<Training>('train/keras-several.js', 'several.json');
  expect(trainings).toHaveLength(52);
  for (const { logNames, wantedNames, shapes, wantedShapes } of trainings) {
    expect(logNames).toEqual(wantedNames);
    expect(shapes).toBe(wantedShapes);
  }
  expect(trainings.filter(isOff)).toEqual([]);
});

test('models with attention train, evaluate and predict as in real Keras', async () => {
  const trainings = await runProgram<Training>('train/keras-several.js', 'attention.json');
  expect(trainings).toHaveLength(60);
  expect(trainings.filter(isOffBySgd)).toEqual([]);
});

test('states, cells and recurrences around others train and predict as in real Keras', async () => {
  const trainings = await runProgram<Training>('train/keras-several.js', 'recurrent-training.json');
  expect(trainings).toHaveLength(24);
  for (const { logNames, wantedNames, shapes, wantedShapes } of trainings) {
    expect(logNames).toEqual(wantedNames);
    expect(shapes).toBe(wantedShapes);
  }
  expect(trainings.filter(isOff)).toEqual([]);
});

test('masks of outputs weigh losses and metrics as in real Keras, of either generation', async () => {
  const trainings = await runProgram<Training>('train/keras-several.js', 'masks.json', ['cut']);
  expect(trainings).toHaveLength(87);
  for (const { logNames, wantedNames } of trainings) expect(logNames).toEqual(wantedNames);
  expect(trainings.filter(isOffBySgd)).toEqual([]);
});

type Fact = Readonly<Record<string, unknown>> & { readonly name: string };

let facts: readonly Fact[] = [];

beforeAll(async () => {
  facts = await runProgram<Fact>('train/several.js');
});

function factOf(name: string): Fact {
  const found = facts.find((fact) => fact.name === name);
  if (!found) throw new Error(`several.js prints nothing named ${name}`);
  return found;
}

test('class weights are for a single output, as in Keras', () => {
  const refusal = {
    fault: 'candidate',
    code: 'class-weight-of-several-outputs',
    message: 'class_weight is for models with a single output; this one has 2.',
  };
  expect(factOf('class weights')).toMatchObject({ compiled: refusal, eager: refusal });
});

test('augmentation is for a single input', () => {
  const refusal = {
    fault: 'candidate',
    code: 'augmentation-of-several-inputs',
    message: 'Augmentation is for models with a single input; this one has 2.',
  };
  expect(factOf('augmentation')).toMatchObject({ compiled: refusal, eager: refusal });
});

test('losses and data come for every output', () => {
  const refusal = { message: 'the model takes 2 training targets, not 1' };
  expect(factOf('a loss is missing')).toMatchObject({ compiled: refusal, eager: refusal });
});

test('what cannot be one graph predicts the same at every output, op by op', () => {
  const found = factOf('op by op');
  const shapes = [
    [300, 1],
    [300, 3],
  ];
  expect(found).toMatchObject({
    executions: [
      { mode: 'graph' },
      { mode: 'eager', reason: 'JavaScript reads a value that the step computes' },
    ],
    shapes: [shapes, shapes],
  });
  expect(found['difference']).toBeLessThan(1e-6);
  expect(found['ofShares']).toBeLessThan(1e-6);
});

test('a batch of which nothing counts has no loss in Keras 3, and one that is no number in Keras 2', () => {
  expect(factOf('nothing counts')).toMatchObject({
    ...{ keras3: 0, keras2: 'NaN' },
    misfit: {
      ...{ fault: 'candidate', code: 'mask-of-output' },
      message:
        "The model's output has a mask of shape [2, 4], and its losses have the shape [2, 3], the batch first.",
      help: 'End the mask before the last layer, or take a loss over the last axis.',
    },
  });
});

test('a mask that reaches the output keeps batches whole; one that ends before, or of TF.js, does not', () => {
  expect(factOf('masks')).toMatchObject({
    ...{ reaches: { masked: [true], shards: 1 }, ends: { masked: [false], shards: 2 } },
    tfjs: { masked: [false], shards: 2 },
  });
});

test("a submission's model has one input and one output", () => {
  expect(factOf('a submission')).toMatchObject({
    fault: 'candidate',
    code: 'inputs-and-outputs',
    message: 'The model has 2 inputs and 1 output; numbers gives one input and expects one output.',
    help: 'Input of this problem: Six numbers.',
  });
});
