import { beforeAll, expect, test } from '@jest/globals';
import { lossTable } from '../../../grader/recipe/losses.ts';
import { optimizerTable } from '../../../grader/recipe/optimizers.ts';
import { trainingMetricIds } from '../../../grader/metrics/training.ts';
import { runProgram } from '../run-program.ts';

interface Case {
  readonly part: 'loss' | 'optimizer' | 'metric';
  readonly name: string;
  /** Largest differences from real Keras; JSON has null for what is no number. */
  readonly value: number | null;
  readonly gradient?: number | null;
}

let cases: readonly Case[] = [];

beforeAll(async () => {
  cases = await runProgram<Case>('train/training-parts.js', 'training.json');
});

const of = (part: Case['part']) => cases.filter((each) => each.part === part);

function compared(part: Case['part']): readonly string[] {
  return [...new Set(of(part).map(({ name }) => /^\w+/.exec(name)?.[0] ?? ''))].sort();
}

const isClose = (difference: number | null | undefined, tolerance: number) =>
  typeof difference === 'number' && difference <= tolerance;

test('losses and their gradients are those of real Keras, weighted and reduced', () => {
  expect(compared('loss')).toEqual(Object.keys(lossTable).sort());
  // Where a prediction is 0, 1 or the target itself, either slope is one.
  const off = of('loss').filter(
    ({ name, value, gradient }) =>
      !isClose(value, 1e-6) || !(name.endsWith('at the ends') || isClose(gradient, 1e-5)),
  );
  expect(off).toEqual([]);
});

test('twelve steps of every optimizer are those of real Keras', () => {
  expect(compared('optimizer')).toEqual(Object.keys(optimizerTable).sort());
  // Keras rounds 1 - 0.999 ** step to float32 at the first steps, where few digits are left of it.
  const tolerance = (name: string) => (/^(N?[Aa]dam)/.test(name) ? 2e-5 : 2e-6);
  const off = of('optimizer').filter(({ name, value }) => !isClose(value, tolerance(name)));
  expect(off).toEqual([]);
});

test('metrics of uneven batches are those of real Keras', () => {
  const all = trainingMetricIds.filter((id) => id !== 'accuracy');
  expect(compared('metric')).toEqual([...all].sort());
  expect(of('metric').filter(({ value }) => !isClose(value, 1e-6))).toEqual([]);
});
