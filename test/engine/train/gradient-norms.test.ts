import { beforeAll, expect, test } from '@jest/globals';
import type { GradientNorm } from '../../../grader/contract.ts';
import { runProgram } from '../run-program.ts';

interface Case {
  readonly name: string;
  readonly kind: 'eager' | 'compiled';
  /** Whether the weights are the same bits. */
  readonly isEqual: boolean;
  /** Of one epoch of twelve steps, and of twelve epochs of one. */
  readonly some: readonly GradientNorm[];
  readonly all: readonly GradientNorm[];
}

let cases: readonly Case[] = [];

beforeAll(async () => {
  cases = await runProgram<Case>('train/gradient-norms.js');
});

test('how many steps are measured changes no bit of the weights', () => {
  expect(cases).toHaveLength(16);
  expect(cases.filter(({ isEqual }) => !isEqual)).toEqual([]);
});

test('the first step of an epoch and each tenth after it are measured', () => {
  for (const { some, all } of cases) {
    const [first = NaN, eleventh = NaN] = [all[0]?.mean, all[10]?.mean];
    expect(all).toHaveLength(12);
    expect(all.every(({ mean, largest }) => mean === largest && mean > 0)).toBe(true);
    expect(some).toEqual([{ mean: (first + eleventh) / 2, largest: Math.max(first, eleventh) }]);
  }
});

test('they are measured before they are clipped', () => {
  const of = (name: string) => cases.find((each) => each.name === name)?.all[0]?.mean ?? NaN;
  expect(of('clipped')).toBe(of('plain'));
  // Of `global_clipnorm`.
  expect(of('clipped')).toBeGreaterThan(0.1);
});
