import { beforeAll, expect, test } from '@jest/globals';
import { runProgram } from './run-program.ts';

interface Growth {
  readonly name: string;
  readonly count: number;
  /** Of the resident memory from an early reading to the last one; 0.05 is 5 %. */
  readonly growth: number;
  /** Of TF.js's count of tensors. */
  readonly tensors: number;
  readonly megabytes: readonly number[];
}

let steps: Growth | undefined;
let cycles: Growth | undefined;

beforeAll(async () => {
  [steps, cycles] = await runProgram<Growth>('leaks.js');
});

const most = 0.05;

test('20,000 steps leave the memory of a training as it is', () => {
  expect(steps).toMatchObject({ name: 'steps', count: 20_000, tensors: 0 });
  expect(steps?.growth).toBeLessThan(most);
});

test('200 trainings in one process leave nothing behind', () => {
  expect(cycles).toMatchObject({ name: 'cycles', count: 200, tensors: 0 });
  expect(cycles?.growth).toBeLessThan(most);
});
