import { expect, test } from '@jest/globals';
import { encode } from 'fast-png';
import { readFileSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DataFiles } from '../../grader/contract.ts';
import { inMemory, loadArray } from '../support/in-memory.ts';
import { nearestCentroidAccuracy } from '../support/simple-models.ts';
import { storedZip } from '../support/stored-zip.ts';
import { loadedProblem } from '../support/loaded-problem.ts';
import { prepareReal, realTest } from '../support/real-data.ts';
import { countLabels, fingerprint, partSizes, rowsOf, sharedRows } from '../support/split-facts.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const problem = await loadedProblem('image-augmentation');
const real = realTest('rock-paper-scissors');
const jpegs = JSON.parse(
  readFileSync(new URL('../fixtures/jpeg.json', import.meta.url), 'utf8'),
) as {
  readonly shape: readonly [number, number, number];
  readonly cases: readonly { readonly jpeg: string; readonly pixels: string }[];
  readonly cmyk: string;
};

real('the archives make 18 hands, 3 whole hands and the 12 held-out hands', async () => {
  const data = await prepareReal(problem);
  expect(partSizes(data)).toEqual([18 * 120, 3 * 120, 12 * 31]);
  expect(countLabels(data.training.targets, 3)).toEqual([720, 720, 720]);
  expect(countLabels(data.validation.targets, 3)).toEqual([120, 120, 120]);
  expect(countLabels(data.heldOut.targets, 3)).toEqual([124, 124, 124]);
  expect(sharedRows(data)).toBe(0);
  expect(data.decoding).toEqual({ resize: [150, 150], scale: 1 / 255 });
});

real('the data are the same every time', async () => {
  const again = await prepareReal(problem, { fresh: true });
  expect(fingerprint(again)).toBe(fingerprint(await prepareReal(problem)));
});

test('a sample is the same for the same seed, another for another, and has no picture twice', () => {
  const [one, same, other] = [
    problem.code.sample?.(1),
    problem.code.sample?.(1),
    problem.code.sample?.(2),
  ];
  if (!one || !same || !other) throw new Error('no sample');
  expect(fingerprint(same)).toBe(fingerprint(one));
  expect(fingerprint(other)).not.toBe(fingerprint(one));
  expect(partSizes(one)).toEqual([900, 180, 300]);
  expect(sharedRows(one)).toBe(0);
  expect(countLabels(one.heldOut.targets, 3)).toEqual([100, 100, 100]);
});

test('a sample can be learned, but not by the mean picture of each class', () => {
  const data = problem.code.sample?.(1);
  if (!data) throw new Error('no sample');
  const accuracy = nearestCentroidAccuracy(data, 3);
  expect(accuracy).toBeGreaterThan(0.4);
  expect(accuracy).toBeLessThan(0.85);
});

/** Plain pictures of one size in two archives laid out like the published ones, in a folder. */
function archives(
  width: number,
  height: number,
  strange: Record<string, Uint8Array> = {},
): DataFiles {
  const picture = (shade: number) =>
    encode({ width, height, channels: 4, data: new Uint8Array(width * height * 4).fill(shade) });
  const known = {
    'rps/rock/rock06ck02-000.png': picture(1),
    'rps/rock/rock07-k03-000.png': picture(2),
    'rps/paper/paper06-119.png': picture(3),
    'rps/paper/paper01-000.png': picture(4),
    'rps/scissors/testscissors02-001.png': picture(5),
    'rps/scissors/testscissors01-001.png': picture(6),
    'rps/scissors/': new Uint8Array(),
    '__MACOSX/rps/rock/._rock01-000.png': Uint8Array.from([0]),
    ...strange,
  };
  const unseen = { 'rps-test-set/paper/testpaper01-00.png': picture(7) };
  const folder = temporaryFolder();
  const path = (name: string) => join(folder, name);
  for (const [name, entries] of Object.entries({ 'rps.zip': known, 'rps-test-set.zip': unseen })) {
    writeFileSync(path(name), storedZip(new Map(Object.entries(entries))));
  }
  return {
    variant: 'original',
    directory: problem.directory,
    path,
    bytes: (name) => readFile(path(name)),
  };
}

test('pictures of 300x300 keep their size, and labels follow the folders', async () => {
  const data = await inMemory(await problem.code.prepare(archives(300, 300)));
  expect(data.training.inputs.shape).toEqual([3, 300, 300, 3]);
  expect([...data.training.targets.data]).toEqual([0, 1, 2]);
  const shades = [0, 1, 2].map((row) => data.training.inputs.data[row * 300 * 300 * 3]);
  expect(shades).toEqual([4, 2, 6]);
  expect([...data.validation.targets.data]).toEqual([0, 1, 2]);
  expect([...data.heldOut.targets.data]).toEqual([0]);
  expect(data.notes[0]).toBe(
    'The original variant of the data set is in use: pictures of 300x300 pixels, resized to 150x150.',
  );
});

test('JPEGs and PNGs are told apart by their content, not by their names', async () => {
  const [height, width] = jpegs.shape;
  const jpeg = Buffer.from(jpegs.cases[0]?.jpeg ?? '', 'base64');
  const mixed = archives(width, height, {
    'rps/rock/rock09-000.JPG': jpeg,
    'rps/rock/rock09-001.png': jpeg,
    'rps/rock/rock09-002.jpeg': encode({
      ...{ width, height, channels: 3 },
      data: Buffer.from(jpegs.cases[0]?.pixels ?? '', 'base64'),
    }),
  });
  const { training } = await inMemory(await problem.code.prepare(mixed));
  expect([...training.targets.data]).toEqual([0, 1, 1, 1, 1, 2]);
  const [, , one, two, three] = rowsOf(training.inputs);
  expect(two).toEqual(one);
  expect(three).toEqual(one);
});

test('the rows of a part can be made again', async () => {
  const { training } = await problem.code.prepare(archives(5, 6));
  expect(await loadArray(training.inputs)).toEqual(await loadArray(training.inputs));
});

test('an archive with another folder or with pictures of two sizes is refused', async () => {
  const other = encode({ width: 3, height: 2, channels: 3, data: new Uint8Array(18) });
  const lizard = archives(4, 4, { 'rps/lizard/lizard01-000.png': other });
  await expect(problem.code.prepare(lizard)).rejects.toThrow('unexpected folder in "rps/lizard/');
  const mixed = archives(4, 4, { 'rps/rock/rock09-000.png': other });
  await expect(problem.code.prepare(mixed).then(inMemory)).rejects.toThrow(
    'rps.zip, rps/rock/rock09-000.png: 3x2 pixels, but rps/paper/paper01-000.png has 4x4',
  );
});

test('a picture that is not read is named with its archive, and what to do', async () => {
  const cmyk = Buffer.from(jpegs.cmyk, 'base64');
  const files = archives(4, 4, { 'rps/rock/rock09-000.jpg': cmyk });
  const failing = problem.code.prepare(files).then(inMemory);
  await expect(failing).rejects.toMatchObject({
    failure: {
      fault: 'package',
      message:
        'rps.zip, rps/rock/rock09-000.jpg: JPEG: CMYK colours are not read, only grey and RGB.',
      help: expect.stringMatching(/^The submission is not at fault. Convert it to RGB/),
    },
  });
});
