import { expect, test } from '@jest/globals';
import { runProgram } from '../run-program.ts';

interface ActivationGradient {
  readonly name: string;
  /** Of the differences to numeric gradients that reach 10. */
  readonly largest: number;
  readonly atZero: number;
  readonly isFinite: boolean;
}

test('gradients of activations are right, and zero where a relu starts', async () => {
  const gradients = await runProgram<ActivationGradient>('layers/gradients.js');
  expect(gradients.length).toBe(8);
  expect(gradients.filter(({ largest, isFinite }) => !isFinite || !(largest < 3e-3))).toEqual([]);
  const relus = gradients.filter(({ name }) => name === 'relu' || name === 'relu6');
  expect(relus.map(({ atZero }) => atZero)).toEqual([0, 0]);
});
