import { beforeAll, expect, test } from '@jest/globals';
import type { Insides } from '../../grader/contract.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { runProgram } from './run-program.ts';

interface Case {
  readonly name: string;
  readonly insides: Insides;
  /** Whether every weight is as it was. */
  readonly isUnchanged: boolean;
  /** Tensors that were not disposed of. */
  readonly left: number;
}

let cases: readonly Case[] = [];

beforeAll(async () => {
  cases = await runProgram<Case>('insides.js', temporaryFolder());
});

const of = (name: string) => cases.find((each) => each.name === name)?.insides;

test('a model is left as it is', () => {
  expect(cases).toHaveLength(7);
  expect(cases.filter(({ isUnchanged, left }) => !isUnchanged || left > 0)).toEqual([]);
});

test('a unit is dead that is 0 on every row', () => {
  expect(of('dead')?.units).toEqual([
    { layer: 'none', units: 5, dead: 5 },
    { layer: 'all', units: 4, dead: 0 },
  ]);
  expect(of('some rows only')?.rows).toBe(256);
  expect(of('some rows only')?.units).toEqual([{ layer: 'half', units: 3, dead: 0 }]);
  expect(of('as layers of their own')?.units).toEqual([
    { layer: 'relu', units: 4, dead: 4 },
    { layer: 'activation', units: 4, dead: 4 },
  ]);
});

test('inputs are those of the first weights to train, after what scales them', () => {
  expect(of('dead')?.inputs).toMatchObject({ mean: 1.5, largest: 3 });
  expect(of('dead')?.inputs?.deviation).toBeCloseTo(Math.sqrt(2.75), 6);
  // 31, 11 and 31, -9.
  const scaled = of('before the first weights')?.inputs;
  expect(scaled?.mean).toBeCloseTo(16, 3);
  expect(scaled?.largest).toBeCloseTo(31, 3);
  expect(of('words')?.inputs).toBeNull();
  expect(of('words')?.units).toEqual([{ layer: 'hidden', units: 2, dead: 2 }]);
  expect(of('no numbers')?.inputs).toBeNull();
});

test('targets are told where they are numbers', () => {
  expect(of('forecast')?.targets).toEqual({ mean: 0, deviation: 1, largest: 1 });
  expect(of('dead')?.targets).toBeNull();
});
