import { beforeAll, expect, test } from '@jest/globals';
import type { AugmentationSample } from '../../../grader/contract.ts';
import { runProgram } from '../run-program.ts';

interface Line {
  readonly name: string;
  /** Whether it is the same when it is done again, or beside a preview. */
  readonly isSame: boolean;
  readonly epochs?: number;
  readonly found?: (Omit<AugmentationSample, 'pixels'> & { readonly pixels: number[] }) | null;
}

const lines = new Map<string, Line>();

beforeAll(async () => {
  for (const line of await runProgram<Line>('train/augmentation-preview.js')) {
    lines.set(line.name, line);
  }
});

test.each(['eager training', 'compiled training'])(
  'the pictures that are shown change no bit of a training: %s',
  (name) => {
    expect(lines.get(name)).toEqual({ name, isSame: true, epochs: 2 });
  },
);

test('four rows are shown, evenly spaced, each as it is stored and four times augmented', () => {
  const { found, isSame } = lines.get('still') ?? {};
  expect(found).toMatchObject({ rows: [0, 2, 4, 6], draws: 4, height: 2, width: 3, channels: 1 });
  const stored = [0, 2, 4, 6].map((row) => [0, 1, 2, 3, 4, 5].map((at) => row + 20 * at));
  expect(found?.pixels).toEqual(stored.flatMap((row) => [row, row, row, row, row].flat()));
  expect(isSame).toBe(true);
});

test('what is augmented is what is augmented only: each picture is itself or its mirror image', () => {
  const pictures = picturesOf('flipped');
  const kinds = pictures.map((picture, at) => {
    const before = pictures[at - (at % 5)] ?? [];
    const mirrored = [2, 1, 0, 5, 4, 3].map((place) => before[place]);
    return [before, mirrored].findIndex((each) => each.join() === picture.join());
  });
  expect(kinds).not.toContain(-1);
  expect(kinds.filter((_, at) => at % 5 === 0)).toEqual([0, 0, 0, 0]);
  expect(kinds).toContain(1);
});

test('what is standardised is shown from its least value to its largest', () => {
  const [before, after] = picturesOf('centred');
  expect(before).toEqual([0, 20, 40, 60, 80, 100]);
  expect(after).toEqual([0, 51, 102, 153, 204, 255]);
});

test('inputs that are no pictures are not shown', () => {
  expect(lines.get('two channels')?.found).toBeNull();
});

function picturesOf(name: string): number[][] {
  const pixels = lines.get(name)?.found?.pixels ?? [];
  return Array.from({ length: pixels.length / 6 }, (_, at) => pixels.slice(6 * at, 6 * at + 6));
}
