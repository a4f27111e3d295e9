import { expect, test } from '@jest/globals';
import { decode } from 'fast-png';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ArrayFile, Dtype, ScoreResult } from '../../grader/contract.ts';
import { confusionImages } from '../../grader/evidence/confusion-images.ts';
import { withRows } from '../../grader/evidence/input-rows.ts';
import { golden } from '../report/golden.ts';

test('the pictures are the rows of the worst confusions, pixel by pixel', async () => {
  const pixels = Uint8Array.from({ length: 5 * 28 * 28 }, (_, index) => index % 251);
  const images = await examples({ pixels, dtype: 'uint8', shape: [5, 28, 28] }, 1 / 255);
  expect(images?.map(({ row, actual, predicted }) => [row, actual, predicted])).toEqual([
    [3, 0, 1],
    [1, 0, 1],
    [4, 2, 0],
  ]);
  const png = decode(bytesOf(images?.[0]?.dataUrl ?? ''));
  expect([png.width, png.height, png.channels]).toEqual([28, 28, 1]);
  expect(Array.from(png.data)).toEqual(Array.from(pixels.subarray(3 * 784, 4 * 784)));
});

test('floats in [0, 1] become bytes, and what lies outside is clipped', async () => {
  const pixels = new Float32Array(5 * 8 * 8 * 3).fill(0.5);
  pixels.set([-1, 2, 1], 3 * 192);
  const images = await examples({ pixels, dtype: 'float32', shape: [5, 8, 8, 3] });
  const png = decode(bytesOf(images?.[0]?.dataUrl ?? ''));
  expect(Array.from(png.data.subarray(0, 6))).toEqual([0, 255, 255, 128, 128, 128]);
});

test('a large picture is averaged down by a whole factor', async () => {
  const pixels = Uint8Array.from({ length: 5 * 300 * 300 }, (_, index) =>
    index % 3 === 0 ? 90 : 0,
  );
  const images = await examples({ pixels, dtype: 'uint8', shape: [5, 300, 300, 1] }, 1 / 255);
  const png = decode(bytesOf(images?.[0]?.dataUrl ?? ''));
  expect([png.width, png.height]).toEqual([100, 100]);
  expect(new Set(png.data)).toEqual(new Set([30]));
});

test('inputs that are no pictures have none', async () => {
  const pixels = new Int32Array(5 * 120);
  expect(await examples({ pixels, dtype: 'int32', shape: [5, 120] })).toBeNull();
});

test('pictures stop at the size limit, whole', async () => {
  const shape = [5, 100, 100, 3];
  let state = 1;
  const noise = () => (state = (state * 48271) % 2147483647) & 255;
  const pixels = Uint8Array.from({ length: 5 * 30_000 }, noise);
  const rows = Array.from({ length: 40 }, () => [3, 1, 2, 4]);
  const confusions = rows
    .slice(0, 6)
    .map((list, index) => ({ actual: 0, predicted: index + 1, count: 4, rows: list }));
  const images = await examples({ pixels, dtype: 'uint8', shape }, 1 / 255, confusions);
  const total = images?.reduce((sum, image) => sum + image.dataUrl.length, 0) ?? 0;
  expect(images?.length).toBeGreaterThan(5);
  expect(images?.length).toBeLessThan(24);
  expect(total).toBeLessThanOrEqual(600_000);
});

interface Stored {
  readonly pixels: Uint8Array | Int32Array | Float32Array;
  readonly dtype: Dtype;
  readonly shape: readonly number[];
}

const twoConfusions = [
  { actual: 0, predicted: 1, count: 2, rows: [3, 1] },
  { actual: 2, predicted: 0, count: 1, rows: [4] },
];

async function examples(stored: Stored, scale = 1, confusions = twoConfusions) {
  const folder = await mkdtemp(join(tmpdir(), 'images-'));
  try {
    const inputs: ArrayFile = {
      path: join(folder, 'inputs.bin'),
      dtype: stored.dtype,
      shape: stored.shape,
    };
    await writeFile(inputs.path, new Uint8Array(stored.pixels.buffer));
    const { score } = golden('fashion-mnist');
    if (score?.details.kind !== 'classification') throw new Error('no classification');
    const changed: ScoreResult = { ...score, details: { ...score.details, confusions } };
    return await withRows(inputs, (rows) => confusionImages(changed, rows, { scale }));
  } finally {
    await rm(folder, { recursive: true });
  }
}

function bytesOf(dataUrl: string): Uint8Array {
  return Uint8Array.from(Buffer.from(dataUrl.split(',')[1] ?? '', 'base64'));
}
