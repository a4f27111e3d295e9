import { beforeAll, expect, test } from '@jest/globals';
import { isFull } from '../support/full.ts';
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

// A full run is long enough to see a kilobyte of each step.
const counts = isFull ? [20_000, 200] : [4000, 40];

let steps: Growth | undefined;
let cycles: Growth | undefined;

beforeAll(async () => {
  [steps, cycles] = await runProgram<Growth>('leaks.js', '-', counts);
});

const most = 0.05;

test(`${counts[0]} steps leave the memory of a training as it is`, () => {
  expect(steps).toMatchObject({ name: 'steps', count: counts[0], tensors: 0 });
  expect(steps?.growth).toBeLessThan(most);
});

test(`${counts[1]} trainings in one process leave nothing behind`, () => {
  expect(cycles).toMatchObject({ name: 'cycles', count: counts[1], tensors: 0 });
  expect(cycles?.growth).toBeLessThan(most);
});
