import { expect, test } from '@jest/globals';
import { join } from 'node:path';
import { writeArray } from '../../../grader/array-file.ts';
import type { NdArray, Task } from '../../../grader/contract.ts';
import { probePerturbedInputs } from '../../../grader/engine/predict/probes/perturbed-inputs.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const pictures: NdArray = {
  ...{ dtype: 'uint8', shape: [40, 2, 2] },
  data: Uint8Array.from({ length: 160 }, (_, at) => (at * 37) % 251),
};
const classes = ['even', 'odd'];

/** The class of a picture by whatever a model makes of its first pixel. */
const byFirstPixel = (classOf: (pixel: number) => number) => (rows: NdArray) => {
  const [count = 0] = rows.shape;
  const data = Float32Array.from({ length: count }, (_, row) => classOf(rows.data[row * 4] ?? 0));
  return Promise.resolve({ dtype: 'float32' as const, shape: [count, 1], data });
};

test('pictures that are told apart by more than noise keep their classes', async () => {
  const found = await probe(
    pictures,
    byFirstPixel((pixel) => Math.round(pixel) % 2),
  );
  expect(found).toEqual({ rows: 32, changed: 0 });
});

test('classes that go with the exact bytes of a picture change with the least noise', async () => {
  const known = new Set(pictures.data);
  const found = await probe(
    pictures,
    byFirstPixel((pixel) => (known.has(pixel) ? 1 : 0)),
  );
  expect(found?.changed).toBeGreaterThan(28);
});

test('each feature has noise by its own scale', async () => {
  const data = Float32Array.from({ length: 80 }, (_, at) => (at % 2 === 0 ? 5000 * at : at / 100));
  const features: NdArray = { dtype: 'float32', shape: [40, 2], data };
  const noise: number[] = [];
  await probe(
    features,
    (rows) => {
      const half = rows.data.length / 2;
      noise.push(...rows.data.subarray(half).map((value, at) => value - (rows.data[at] ?? NaN)));
      return Promise.resolve({ ...rows, shape: [64, 1], data: rows.data.subarray(0, 64) });
    },
    'regression',
  );
  const largest = [0, 1].map((column) =>
    Math.max(...noise.filter((_, at) => at % 2 === column).map(Math.abs)),
  );
  expect(largest[0]).toBeGreaterThan(50);
  expect(largest[0]).toBeLessThan(130);
  expect(largest[1]).toBeGreaterThan(1e-4);
  expect(largest[1]).toBeLessThan(3e-4);
});

test('of word ids none is a little off', async () => {
  const words: NdArray = { dtype: 'int32', shape: [2, 2], data: Int32Array.of(1, 2, 3, 4) };
  expect(
    await probe(
      words,
      byFirstPixel(() => 0),
    ),
  ).toBeNull();
});

async function probe(
  array: NdArray,
  predict: (rows: NdArray) => Promise<NdArray>,
  task: Task = 'binary',
) {
  const file = await writeArray(join(temporaryFolder(), 'inputs'), array);
  return probePerturbedInputs(file, { task, classes }, predict);
}
