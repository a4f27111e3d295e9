import { beforeAll, expect, test } from '@jest/globals';
import { runProgram } from '../run-program.ts';

/** What a layer gave; the last two lines hold only their own facts. */
type Drawn = { readonly name: string } & Partial<Facts>;

interface Facts {
  readonly repeats: boolean;
  readonly repeatsAtNextStep: boolean;
  readonly repeatsWithOtherSeed: boolean;
  readonly isStillInPrediction: boolean;
  readonly predicts: boolean;
  readonly mean: number;
  readonly deviation: number;
  /** Null where there are many. */
  readonly values: readonly number[] | null;
  readonly isSameAtEveryStep: boolean;
  readonly keptAtEachStep: readonly number[];
  readonly largestCorrelation: number;
  readonly withoutSeed: string | null;
  readonly withoutStep: string | null;
}

let lines: readonly Drawn[] = [];

beforeAll(async () => {
  lines = await runProgram<Drawn>('tensorflow/randomness.js');
});

function of(name: string): Drawn {
  const found = lines.find((line) => line.name === name);
  if (!found) throw new Error(`randomness.js prints nothing named ${name}`);
  return found;
}

test('one seed and step give the same numbers, the next step and another seed others', () => {
  const random = lines.filter(({ repeats }) => repeats !== undefined);
  const drawing = random.filter(({ name }) => name !== 'Dropout of nothing');
  expect(drawing.length).toBe(17);
  expect(random.filter(({ repeats }) => !repeats)).toEqual([]);
  expect(drawing.filter(({ repeatsAtNextStep }) => repeatsAtNextStep)).toEqual([]);
  const repeated = drawing.filter(({ repeatsWithOtherSeed }) => repeatsWithOtherSeed);
  expect(repeated.map(({ name }) => name)).toEqual(['Dropout with a seed']);
});

test('layers with random numbers are still in prediction', () => {
  const moving = lines.filter(({ isStillInPrediction }) => isStillInPrediction);
  expect(moving.map(({ name }) => name)).toEqual(['Dropout of nothing']);
  expect(lines.filter(({ predicts }) => predicts === false)).toEqual([]);
});

test('dropout keeps its share of numbers and their mean', () => {
  const { values, mean, keptAtEachStep, isSameAtEveryStep } = of('Dropout');
  expect(values).toEqual([0, 1.4286]);
  expect(mean).toBeCloseTo(1, 1);
  expect(isSameAtEveryStep).toBe(false);
  for (const kept of keptAtEachStep ?? []) expect(Math.abs(kept - 0.7)).toBeLessThan(0.03);
});

test('spatial dropout and a noise shape drop whole channels', () => {
  for (const name of ['SpatialDropout1D', 'Dropout of a noise shape']) {
    const { values, isSameAtEveryStep, keptAtEachStep } = of(name);
    expect(values).toEqual([0, 1.4286]);
    expect(isSameAtEveryStep).toBe(true);
    expect(Math.abs((keptAtEachStep?.[0] ?? 0) - 0.7)).toBeLessThan(0.03);
  }
});

test('a distributed dropout drops other numbers at each step', () => {
  expect(of('TimeDistributed Dropout').isSameAtEveryStep).toBe(false);
});

test('Gaussian noise and dropout have their deviation around the input', () => {
  for (const name of ['GaussianNoise', 'GaussianDropout']) {
    expect(of(name).mean).toBeCloseTo(1, 1);
    expect(Math.abs((of(name).deviation ?? 0) - 0.5)).toBeLessThan(0.01);
  }
});

test('alpha dropout keeps mean and deviation of standard normal numbers', () => {
  const { mean = NaN, deviation = NaN } = of('AlphaDropout');
  expect(Math.abs(mean)).toBeLessThan(0.02);
  expect(Math.abs(deviation - 1)).toBeLessThan(0.02);
});

test('a recurrent layer drops the same inputs and the same states at every step', () => {
  const inputs = of('SimpleRNN inputs');
  expect(inputs.values).toEqual([0, 1.6667]);
  expect(inputs.isSameAtEveryStep).toBe(true);
  const states = of('SimpleRNN states');
  // A state that is kept grows by 1 / 0.6 at each step; one that is dropped never comes back.
  expect(states.values).toEqual([0, 1, 1.6667, 2.7778, 4.6296, 7.716]);
  const [first, second = 0, ...later] = states.keptAtEachStep ?? [];
  expect(first).toBe(1);
  expect(Math.abs(second - 0.6)).toBeLessThan(0.05);
  expect(later).toEqual([second, second, second]);
});

test('layers, streams and repeated draws are independent', () => {
  expect(of('streams').largestCorrelation).toBeLessThan(0.1);
});

test('a draw without a seed or outside a training step is refused', () => {
  const { withoutSeed, withoutStep } = of('errors');
  expect(withoutSeed).toMatch('without a seed');
  expect(withoutStep).toMatch('outside a training step');
});
