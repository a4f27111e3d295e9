import { expect, test } from '@jest/globals';
import { runProgram } from './run-program.ts';

interface KerasCase {
  readonly name: string;
  readonly weights: boolean;
  readonly shape: boolean;
  readonly promisedShape: boolean;
  /** Largest differences. */
  readonly prediction: number;
  readonly loss: number;
  readonly gradient: number;
}

/** The fixtures have seven digits; their numbers are of the order of one. */
const tolerance = 2e-6;

function isOff({ weights, shape, promisedShape, prediction, loss, gradient }: KerasCase): boolean {
  const isClose = [prediction, loss, gradient].every((difference) => difference <= tolerance);
  return !weights || !shape || !promisedShape || !isClose;
}

test('recurrent layers and their wrappers predict and learn as in real Keras, masked or not', async () => {
  const cases = await runProgram<KerasCase>('keras-cases.js', 'recurrent.json');
  expect(cases.length).toBe(71);
  expect(cases.filter(({ name }) => name.endsWith('masked')).length).toBe(35);
  expect(cases.filter(isOff)).toEqual([]);
});

test('dilated, strided, separable and transposed convolutions predict and learn as in real Keras', async () => {
  const cases = await runProgram<KerasCase>('keras-cases.js', 'convolution.json');
  expect(cases.length).toBe(37);
  expect(cases.filter(isOff)).toEqual([]);
});
