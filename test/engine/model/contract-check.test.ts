import { expect, test } from '@jest/globals';
import { findProblem } from '../../../problems/index.ts';
import type { ProblemDefinition, Shape } from '../../../grader/contract.ts';
import { contractMisfits } from '../../../grader/engine/model/contract-check.ts';
import type { Misfit } from '../../../grader/recipe/misfit.ts';

const model = { class_name: 'Sequential', config: { layers: [] } };

function misfits(
  problem: string,
  inputShape: Shape,
  outputShape: Shape,
  others: readonly ProblemDefinition[] = [],
): readonly Misfit[] {
  const form = { inputShape, outputShape, model };
  return contractMisfits(form, findProblem(problem).definition, others);
}

function refusal(...given: Parameters<typeof misfits>): Misfit | null {
  return misfits(...given)[0] ?? null;
}

test.each<[string, Shape, Shape]>([
  ['regression', [9], [1]],
  ['fashion-mnist', [28, 28], [10]],
  ['fashion-mnist', [28, 28, 1], [10]],
  ['fashion-mnist', [null, null, 1], [10]],
  ['image-augmentation', [150, 150, 3], [3]],
  ['sarcasm', [120], [1]],
  ['sarcasm', [null], [2]],
  ['sunspots', [30, 1], [30, 1]],
  ['sunspots', [null, 1], [null, 1]],
  ['sunspots', [30], [30]],
  ['sunspots', [30, 1], [1]],
])('%s takes inputs of shape %j and outputs of shape %j', (problem, input, output) => {
  expect(refusal(problem, input, output)).toBeNull();
});

test.each<[string, Shape, Shape, string, string]>([
  [
    'sarcasm',
    [100],
    [1],
    'The model takes inputs of shape [100]; sarcasm gives [120].',
    'A model for another length (100 in place of 120) is trained anew with this one.',
  ],
  [
    'fashion-mnist',
    [784],
    [10],
    'The model takes inputs of shape [784]; fashion-mnist gives [28, 28] or [28, 28, 1].',
    'Put a Flatten layer for [28, 28] before the first layer.',
  ],
  [
    'sunspots',
    [64, 1],
    [1],
    'The model takes inputs of shape [64, 1]; sunspots gives [30, 1] or [None, 1] or [30].',
    'thirty months in order',
  ],
])('%s with inputs of shape %j is refused with advice', (problem, input, output, message, help) => {
  const refused = refusal(problem, input, output);
  expect(refused).toMatchObject({ code: 'wrong-input-shape', message });
  expect(refused?.help).toContain(help);
});

test('a wrong output is refused beside those that are expected', () => {
  expect(refusal('sunspots', [30, 1], [15, 1])?.message).toContain(
    'The model gives outputs of shape [15, 1]; sunspots expects [30, 1] (the next month',
  );
});

test('input and output are both told, each with how a recipe writes it', () => {
  const [input, output] = misfits('regression', [8], [2]);
  expect([input?.code, output?.code]).toEqual(['wrong-input-shape', 'wrong-output-shape']);
  expect(input?.help).toContain('In a recipe the first layer has inputShape: [9].');
  expect(output?.help).toContain('end with layers.dense({ units: 1 })');
});

test('a model that fits another problem is told which', () => {
  const others = ['sarcasm', 'sunspots'].map((id) => findProblem(id).definition);
  expect(refusal('regression', [30, 1], [30, 1], others)?.help).toMatch(
    / The model fits another problem: sunspots\.$/,
  );
  expect(refusal('regression', [31, 2], [30, 1], others)?.help).not.toContain('another');
});
