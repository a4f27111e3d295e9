import { expect, test } from '@jest/globals';
import h5wasm from 'h5wasm';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ArraySource, ContainerFormat } from '../../grader/keras/container.ts';
import { findNotFinite, toFloat32 } from '../../grader/keras/containers/elements.ts';
import { openContainer } from '../../grader/keras/containers/open-container.ts';
import { toFailure } from '../../grader/errors.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const config = { class_name: 'Sequential', config: { name: 's', layers: [] } };
const path = [{ name: 'dense', group: 'dense' }];

interface Stored {
  readonly shape: readonly number[];
  readonly data: Float32Array | Float64Array | Int8Array | BigInt64Array;
  readonly chunks?: number[];
  readonly gzip?: number;
}

/** A `.h5` file with one array, written by the HDF5 library itself. */
async function hdf5With({ shape, data, chunks, gzip }: Stored): Promise<string> {
  const { FS } = await h5wasm.ready;
  const file = new h5wasm.File('/written.h5', 'w');
  file.create_attribute('model_config', JSON.stringify(config));
  const layer = file.create_group('model_weights').create_group('dense');
  layer.create_attribute('weight_names', ['kernel:0']);
  layer.create_dataset({
    name: 'kernel:0',
    data,
    shape: [...shape],
    ...(chunks ? { chunks } : {}),
    ...(gzip ? { compression: gzip } : {}),
  });
  file.close();
  const written = join(temporaryFolder(), 'model.h5');
  writeFileSync(written, FS.readFile('/written.h5'));
  FS.unlink('/written.h5');
  return written;
}

async function readFirst(
  file: string,
  format: ContainerFormat = 'keras-hdf5',
): Promise<{ shape: readonly number[]; values: Float32Array; pieces: number[] }> {
  const container = await openContainer(file, format, { scratch: temporaryFolder() });
  try {
    const [source] = container.weights?.(path) as [ArraySource];
    const pieces = Array.from(source.pieces(), ({ length }) => length);
    return { shape: source.shape, values: source.read(), pieces };
  } finally {
    container.close();
  }
}

const ramp = (length: number) => Float32Array.from({ length }, (_, index) => index / 7 - 1e5);

test.each([
  ['in one piece', { shape: [4, 5] }, 1],
  ['of many rows', { shape: [3000, 1000] }, 3],
  ['of few rows that are longer than a piece', { shape: [3, 1_500_000] }, 6],
  ['in chunks', { shape: [2501, 1003], chunks: [300, 70] }, 3],
  ['in chunks that are compressed', { shape: [2501, 503], chunks: [300, 70], gzip: 1 }, 2],
  ['in one compressed chunk', { shape: [3, 3], chunks: [3, 3], gzip: 9 }, 1],
])('an array %s is read as it was written', async (_, stored, pieceCount) => {
  const data = ramp(stored.shape.reduce((product, side) => product * side, 1));
  const read = await readFirst(await hdf5With({ ...stored, data }));
  expect(read.shape).toEqual(stored.shape);
  expect(read.pieces).toHaveLength(pieceCount);
  expect(Buffer.from(read.values.buffer).equals(Buffer.from(data.buffer))).toBe(true);
});

test('a scalar, whole numbers and doubles become float32', async () => {
  const scalar = await readFirst(await hdf5With({ shape: [], data: BigInt64Array.of(-3n) }));
  expect(scalar).toEqual({ shape: [], values: Float32Array.of(-3), pieces: [1] });
  const bytes = await readFirst(await hdf5With({ shape: [2], data: Int8Array.of(-128, 5) }));
  expect(bytes.values).toEqual(Float32Array.of(-128, 5));
  const doubles = await readFirst(await hdf5With({ shape: [2], data: Float64Array.of(0.1, 1e-9) }));
  expect(doubles.values).toEqual(Float32Array.of(0.1, 1e-9));
});

test('an array that is not finite is refused with the place of the first such value', async () => {
  const data = ramp(2_000_000);
  data[1_234_567] = NaN;
  data[1_500_000] = Infinity;
  const file = await hdf5With({ shape: [2000, 1000], data });
  const failure = await readFirst(file).catch(toFailure);
  expect(failure).toMatchObject({ fault: 'candidate', code: 'weights-not-finite' });
  expect(failure).toHaveProperty(
    'message',
    'model.h5: kernel:0 holds NaN at index 1234567; every weight must be a finite float32.',
  );
});

test('float16 and bfloat16 are widened exactly', () => {
  const half = Uint16Array.of(0x3c00, 0xc000, 0x7bff, 0x0001, 0x83ff, 0x0400, 0x7c00, 0x8000);
  expect(toFloat32(new Uint8Array(half.buffer), 'float16')).toEqual(
    Float32Array.of(1, -2, 65504, 2 ** -24, -1023 * 2 ** -24, 2 ** -14, Infinity, -0),
  );
  expect(toFloat32(new Uint8Array(Uint16Array.of(0x7e00).buffer), 'float16')[0]).toBeNaN();
  const upper = Uint16Array.of(0x3f80, 0xc000, 0x7f7f);
  expect(toFloat32(new Uint8Array(upper.buffer), 'bfloat16')).toEqual(
    Float32Array.of(1, -2, 255 * 2 ** 120),
  );
});

test('the first value that is not finite is found, however large the others', () => {
  expect(findNotFinite(Float32Array.of(3.4e38, -3.4e38, 0, -0, 1e-45))).toBe(-1);
  expect(findNotFinite(Float32Array.of(1, -Infinity, NaN))).toBe(1);
});

interface TfjsWeight {
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly quantization?: { dtype: string; scale?: number; min?: number };
}

function tfjsWith(weight: TfjsWeight, shards: readonly Uint8Array[]): string {
  const folder = temporaryFolder();
  const paths = shards.map((_, index) => `shard-${index}.bin`);
  shards.forEach((bytes, index) => writeFileSync(join(folder, paths[index] ?? ''), bytes));
  const weightsManifest = [{ paths, weights: [{ name: 'dense/kernel', ...weight }] }];
  const file = join(folder, 'model.json');
  writeFileSync(file, JSON.stringify({ modelTopology: config, weightsManifest }));
  return file;
}

test('weights of TF.js that go across shards are read as one', async () => {
  const values = ramp(700_001);
  const bytes = new Uint8Array(values.buffer);
  const cuts = [0, 1, 3, 1_100_003, bytes.length];
  const shards = cuts.slice(1).map((end, index) => bytes.subarray(cuts[index], end));
  const file = tfjsWith({ shape: [700_001], dtype: 'float32' }, shards);
  expect((await readFirst(file, 'tfjs-layers')).values).toEqual(values);
});

test.each<[string, TfjsWeight, Uint8Array, Float32Array]>([
  [
    'uint8',
    {
      shape: [3],
      dtype: 'float32',
      quantization: { dtype: 'uint8', scale: 0.1, min: -1 },
    },
    Uint8Array.of(0, 10, 255),
    Float32Array.of(-1, 0, 24.5),
  ],
  [
    'uint16, of whole numbers',
    { shape: [2], dtype: 'int32', quantization: { dtype: 'uint16', scale: 0.4, min: -3 } },
    new Uint8Array(Uint16Array.of(1, 1000).buffer),
    Float32Array.of(-3, 397),
  ],
  [
    'float16',
    { shape: [2], dtype: 'float32', quantization: { dtype: 'float16' } },
    new Uint8Array(Uint16Array.of(0x3c00, 0xb800).buffer),
    Float32Array.of(1, -0.5),
  ],
])('weights of TF.js quantised to %s are restored', async (_, weight, bytes, expected) => {
  expect((await readFirst(tfjsWith(weight, [bytes]), 'tfjs-layers')).values).toEqual(expected);
});
