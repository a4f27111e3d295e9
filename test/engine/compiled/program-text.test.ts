import { beforeAll, expect, test } from '@jest/globals';
import { runProgram } from '../run-program.ts';

interface Printed {
  readonly name: string;
  readonly text: string;
}

let programs: readonly Printed[] = [];

beforeAll(async () => {
  programs = await runProgram<Printed>('compiled/program-text.js');
});

/** Lines that are operations, those inside of scans too. */
function countOperations(text: string): number {
  return text.split('\n').filter((line) => / = \w+\(/.test(line)).length;
}

test('a step needs no more operations than it did', () => {
  const counts = programs.map(({ name, text }) => [name, countOperations(text)]);
  expect(Object.fromEntries(counts)).toMatchInlineSnapshot(`
   {
     "LSTM": 23,
     "convolution, batch normalization, dropout": 102,
     "dense": 23,
     "embedding and mean": 24,
     "embedding and mean, on a GPU": 23,
     "masked GRU": 110,
     "update by Adam": 0,
     "update by Nadam, clipped": 80,
   }
  `);
});

test('on a GPU no gradient is a product with a sparse matrix, which is not repeatable there', () => {
  const textOf = (wanted: string) => programs.find(({ name }) => name === wanted)?.text;
  expect(textOf('embedding and mean')).toContain(' = SparseTensorDenseMatMul(');
  expect(textOf('embedding and mean, on a GPU')).not.toContain('Sparse');
  expect(textOf('embedding and mean, on a GPU')).toContain(' = UnsortedSegmentSum(');
});

test('another process writes the same programs', async () => {
  expect(await runProgram<Printed>('compiled/program-text.js')).toEqual(programs);
});
