import { beforeAll, expect, test } from '@jest/globals';
import type { Failure } from '../../grader/contract.ts';
import { runProgram } from './run-program.ts';

interface Evaluated {
  /** How many different predictions twelve evaluations gave. */
  readonly different: number;
  readonly failure: Failure | null;
  readonly stopped: Failure | null;
}

let evaluated: Evaluated | undefined;

beforeAll(async () => {
  [evaluated] = await runProgram<Evaluated>('evaluate.js', 'keras/sunspots-flat.keras');
});

test('the same file predicts the same, wherever its weights come to lie in memory', () => {
  expect(evaluated?.different).toBe(1);
});

test('predictions that take too long exceed the limit', () => {
  expect(evaluated?.failure).toMatchObject({
    ...{ fault: 'limit', code: 'time-limit' },
    message: 'Time limit: 0 s were over after 128 of 235 predictions.',
  });
});

test('predictions are stopped between two batches', () => {
  expect(evaluated?.stopped).toEqual({
    ...{ fault: 'interrupted', code: 'interrupted' },
    message: 'Interrupted after 128 of 235 predictions.',
  });
});
