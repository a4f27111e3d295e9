import { expect, test } from '@jest/globals';
import { findProblem } from '../../problems/index.ts';
import type { KerasObject, Shape } from '../../grader/contract.ts';
import { readAsHandedIn } from '../../grader/grade/read-as-handed-in.ts';

interface Handed {
  readonly layers: readonly KerasObject[];
  readonly input?: Shape;
  readonly output?: Shape;
  readonly fromLogits?: boolean | null;
}

function read(problem: string, { layers, input, output, fromLogits = null }: Handed) {
  const { definition } = findProblem(problem);
  const model = { class_name: 'Sequential', config: { layers } };
  const summary = {
    inputShape: input ?? definition.input.shapes[0] ?? [],
    outputShape: output ?? definition.outputs[0]?.shape ?? [],
  };
  return readAsHandedIn({ model, fromLogits }, summary, definition);
}

const dense = (activation: string): KerasObject => ({
  class_name: 'Dense',
  config: { units: 1, activation },
});
const embedding = (inputDim: number): KerasObject => ({
  class_name: 'Embedding',
  config: { input_dim: inputDim },
});

test.each([
  [500, 500],
  [1000, 1000],
  [1001, 1001],
  [10_000, 10_000],
  [25_637, 20_000],
])('an Embedding of %d entries gets word ids below %d, and it is said', (size, vocabulary) => {
  const reading = read('sarcasm', { layers: [embedding(size), dense('sigmoid')] });
  expect(reading.vocabulary).toBe(vocabulary);
  const [entries, ids] = [size, vocabulary].map((value) => value.toLocaleString('en-US'));
  expect(reading.notes).toEqual([
    `The model's Embedding has ${entries} entries: word ids below ${ids} are given to it; other words are 1, <OOV>.`,
  ]);
});

test('a model of headlines without an Embedding gets the usual word ids', () => {
  const reading = read('sarcasm', { layers: [dense('sigmoid')] });
  expect(reading.vocabulary).toBe(1000);
  expect(reading.notes[0]).toContain('Word ids below 1,000 are given to the model');
});

test.each<[boolean | null, string, boolean]>([
  [true, 'linear', true],
  [true, 'softmax', true],
  [null, 'linear', true],
  [null, 'softmax', false],
  [false, 'linear', false],
])(
  'with a loss that takes logits (%p) and a last activation %s outputs are logits: %p',
  (fromLogits, activation, areLogits) => {
    const given = { layers: [dense('relu'), dense(activation)], fromLogits };
    const reading = read('fashion-mnist', given);
    expect(reading.areLogits).toBe(areLogits);
    expect(reading.notes).toHaveLength(areLogits ? 1 : 0);
  },
);

test('a number is never a logit', () => {
  expect(read('regression', { layers: [dense('linear')] }).areLogits).toBe(false);
});

test('the output of a functional model is the layer that it names', () => {
  const named = (name: string, activation: string) => ({
    class_name: 'Dense',
    config: { name, activation },
  });
  const { definition } = findProblem('fashion-mnist');
  const config = {
    layers: [named('scores', 'linear'), named('aside', 'softmax')],
    output_layers: [['scores', 0, 0]],
  };
  const model = { class_name: 'Functional', config };
  const shapes = { inputShape: [28, 28], outputShape: [10] };
  expect(readAsHandedIn({ model, fromLogits: null }, shapes, definition).areLogits).toBe(true);
});

test('inputs and outputs in the usual form need no word, others do', () => {
  const plain = { layers: [dense('linear')] };
  expect(read('sunspots', { ...plain, input: [null, 1], output: [null, 1] }).notes).toEqual([]);
  expect(read('sunspots', { ...plain, input: [30], output: [1] }).notes).toEqual([
    'The model takes inputs of shape [30]: the inputs of sunspots, [30, 1], are given to it in that form.',
    'The model gives outputs of shape [1]: the next month after the window.',
  ]);
});
