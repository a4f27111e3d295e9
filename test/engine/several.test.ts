import { expect, test } from '@jest/globals';
import { runProgram } from './run-program.ts';

interface Training {
  readonly name: string;
  readonly trainer: 'eager' | 'compiled';
  /** Largest differences from Keras. */
  readonly weights: number;
  readonly logs: number;
  readonly predictions: number;
  /** How far the training took the weights. */
  readonly moved: number;
  readonly logNames: readonly string[][];
  readonly wantedNames: readonly string[][];
  readonly shapes: string;
  readonly wantedShapes: string;
}

test('several inputs and outputs train, evaluate and predict as in real Keras', async () => {
  const trainings = await runProgram<Training>('keras-several.js', 'several.json');
  expect(trainings).toHaveLength(28);
  for (const { logNames, wantedNames, shapes, wantedShapes } of trainings) {
    expect(logNames).toEqual(wantedNames);
    expect(shapes).toBe(wantedShapes);
  }
  const off = trainings.filter(({ name, weights, logs, predictions, moved }) => {
    // Adam divides by the square root of what may be as small as rounding.
    const tolerance = name.endsWith('Adam') ? 1e-5 : 1e-6;
    const isClose = [weights, logs, predictions].every((difference) => difference <= tolerance);
    return !isClose || !(moved > 1e-2);
  });
  expect(off).toEqual([]);
});

