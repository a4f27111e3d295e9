import { expect, test } from '@jest/globals';
import { runProgram } from '../run-program.ts';

interface OperationGradient {
  readonly name: string;
  /** Of the differences to numeric gradients, beside one and those. */
  readonly largest: number;
  /** Of the sizes of all gradients. */
  readonly sum: number;
}

/** What changes by steps, or is held apart from gradients. */
const flat = [
  ...['ceil', 'floor', 'round', 'truncate', 'sign', 'is_finite', 'is_inf', 'is_nan', 'is_true'],
  ...['logical_not', 'ones_like', 'zeros_like', 'stop_gradient', 'equal', 'not_equal', 'greater'],
  ...['greater_equal', 'less', 'less_equal', 'logical_and', 'logical_or', 'logical_xor'],
  ...['floor_divide', 'any', 'all', 'argmax', 'argmin'],
].map((name) => `operation ${name}`);

test('gradients of operations are right, and zero where they change by steps', async () => {
  const gradients = await runProgram<OperationGradient>('layers/operation-gradients.js');
  expect(gradients.length).toBeGreaterThan(100);
  const isOff = ({ name, largest }: OperationGradient) =>
    name !== 'operation stop_gradient' && !(largest < 5e-3);
  expect(gradients.filter(isOff)).toEqual([]);
  const zero = gradients.filter(({ sum }) => sum === 0).map(({ name }) => name);
  expect(new Set(zero)).toEqual(
    new Set([...flat, 'argmax kept', 'greater than a row', 'OneHot', 'TopK places']),
  );
});
