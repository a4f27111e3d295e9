import { beforeAll, expect, test } from '@jest/globals';
import { runProgram } from '../run-program.ts';

interface AugmentationCase {
  readonly name: string;
  readonly fill: string;
  readonly largest: number;
}

interface Drawn {
  readonly least: number;
  readonly largest: number;
  readonly mean: number;
  readonly deviation: number;
  readonly values?: readonly number[];
}

interface DrawCase {
  readonly options: object;
  readonly drawn: Readonly<Record<string, Drawn>>;
  readonly found: Readonly<Record<string, Drawn>>;
}

let cases: readonly AugmentationCase[] = [];
let draws: readonly DrawCase[] = [];

beforeAll(async () => {
  const lines = await runProgram<AugmentationCase | DrawCase>(
    ...(['train/augmentation.js', 'augmentation.json'] as const),
  );
  cases = lines.filter((line) => 'name' in line);
  draws = lines.filter((line) => 'drawn' in line);
});

/** The fixture has six digits, and TensorFlow computes points and samples in float32. */
const tolerance = 1e-5;

test('augmentation moves and fills pixels as real Keras does in every fill mode', () => {
  const fills = new Set(cases.map(({ fill }) => fill));
  expect([...fills].sort()).toEqual(['constant', 'nearest', 'reflect', 'wrap']);
  expect(cases.length).toBe(44);
  expect(cases.filter(({ largest }) => !(largest <= tolerance))).toEqual([]);
});

test('what is drawn has the ranges, the values and the spread of real Keras', () => {
  expect(draws.length).toBe(12);
  for (const { options, drawn, found } of draws) {
    expect({ options, drawn: Object.keys(found).sort() }).toEqual({
      ...{ options, drawn: Object.keys(drawn).sort() },
    });
    for (const [name, { least, largest, mean, deviation, values }] of Object.entries(drawn)) {
      const ours = found[name];
      // Means of 4,000 draws differ by a few hundredths of their deviation.
      const near = (wanted: number): unknown => expect.closeTo(wanted, 1 - Math.log10(deviation));
      expect(ours).toEqual({
        ...{ least: near(least), largest: near(largest), mean: near(mean) },
        ...{ deviation: near(deviation), ...(values ? { values } : {}) },
      });
    }
  }
});

interface BorderCase {
  readonly border: string;
  readonly largest: number;
}

test('a point that rounding puts beside the border counts as on it', async () => {
  const borders = await runProgram<BorderCase>('train/augmentation-border.js');
  expect(borders.map(({ border }) => border)).toEqual(['constant', 'wrap']);
  expect(borders.filter(({ largest }) => !(largest <= 1e-3))).toEqual([]);
});
