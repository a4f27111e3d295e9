import { expect, test } from '@jest/globals';
import { runProgram } from '../run-program.ts';

interface AugmentationCase {
  readonly name: string;
  readonly fill: string;
  readonly largest: number;
}

/** The fixture has six digits, and TensorFlow computes points and samples in float32. */
const tolerance = 1e-5;

test('augmentation moves and fills pixels as real Keras does in every fill mode', async () => {
  const cases = await runProgram<AugmentationCase>('train/augmentation.js', 'augmentation.json');
  const fills = new Set(cases.map(({ fill }) => fill));
  expect([...fills].sort()).toEqual(['constant', 'nearest', 'reflect', 'wrap']);
  expect(cases.length).toBe(32);
  expect(cases.filter(({ largest }) => !(largest <= tolerance))).toEqual([]);
});

interface BorderCase {
  readonly border: string;
  readonly largest: number;
}

test('a point that rounding puts beside the border counts as on it', async () => {
  const cases = await runProgram<BorderCase>('train/augmentation-border.js');
  expect(cases.map(({ border }) => border)).toEqual(['constant', 'wrap']);
  expect(cases.filter(({ largest }) => !(largest <= 1e-3))).toEqual([]);
});
