import { beforeAll, expect, test } from '@jest/globals';
import { runProgram } from '../run-program.ts';

/** Largest differences; some lines have a part of them only. */
interface Line {
  readonly class_name: string;
  readonly config?: Readonly<Record<string, unknown>>;
  /** To Keras. */
  readonly output?: number | null;
  readonly gradient?: number | null;
  /** To the next step, or to the input where nothing may happen. */
  readonly moved?: number;
  /** In prediction, to the input. */
  readonly predicted?: number;
  readonly mirrored?: number;
  readonly others?: number;
}

let lines: readonly Line[] = [];

beforeAll(async () => {
  lines = await runProgram<Line>('layers/random-images.js', 'random-images.json');
});

test('random layers make of pictures what Keras makes from the same draws, gradients too', () => {
  const compared = lines.filter(({ output }) => output !== undefined);
  expect(compared.length).toBe(34);
  const isOff = ({ output = null, gradient = null }: Line) =>
    output === null || gradient === null || Math.max(output, gradient) > 1e-5;
  expect(compared.filter(isOff)).toEqual([]);
});

test('they draw anew at every step, and leave pictures as they are in prediction', () => {
  const layers = lines.filter(({ predicted }) => predicted !== undefined);
  expect(layers.length).toBe(34);
  expect(layers.filter(({ predicted }) => predicted !== 0)).toEqual([]);
  expect(layers.filter(({ moved }) => !moved)).toEqual([]);
});

test('a factor of zero changes nothing', () => {
  const still = lines.filter(({ class_name }) => class_name.endsWith('by nothing'));
  expect(still.map(({ moved }) => moved)).toEqual([0, 0, 0]);
});

test('about half of the pictures are mirrored, the others stay', () => {
  const flips = lines.find(({ class_name }) => class_name === 'flips');
  expect(Math.abs((flips?.mirrored ?? 0) - 150)).toBeLessThan(30);
  expect(flips?.others).toBe(0);
});
