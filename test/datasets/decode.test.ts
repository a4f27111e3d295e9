import { expect, test } from '@jest/globals';
import { encode } from 'fast-png';
import { gzipSync } from 'node:zlib';
import { decodedShape, decodeRow } from '../../grader/datasets/decode-row.ts';
import { decodeIdx } from '../../grader/datasets/idx.ts';
import { npyHeader } from '../../grader/datasets/npy.ts';
import { decodePng } from '../../grader/datasets/png.ts';
import { readZip } from '../../grader/datasets/zip.ts';
import type { NdArray } from '../../grader/contract.ts';

const idxFile = (...bytes: number[]) => gzipSync(Uint8Array.from(bytes));
const matrix = [0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3];

test('IDX bytes come out with their shape', () => {
  const { dtype, shape, data } = decodeIdx(idxFile(...matrix, 1, 2, 3, 4, 5, 6), 2);
  expect([dtype, shape, [...data]]).toEqual(['uint8', [2, 3], [1, 2, 3, 4, 5, 6]]);
});

test('an IDX file with another magic number, a short one and a long one are refused', () => {
  expect(() => decodeIdx(idxFile(...matrix, 1, 2, 3, 4, 5, 6), 1)).toThrow(
    'magic must be 2049, got 2050',
  );
  expect(() => decodeIdx(idxFile(...matrix, 1, 2, 3, 4, 5), 2)).toThrow(
    'shape [2, 3] needs 6 values, the file has 5',
  );
  expect(() => decodeIdx(idxFile(...matrix, 1, 2, 3, 4, 5, 6, 7), 2)).toThrow('the file has 7');
  expect(() => decodeIdx(idxFile(0, 0, 8), 2)).toThrow('the header needs 12 bytes');
});

test('a PNG loses its alpha channel and keeps its colours', () => {
  const data = Uint8Array.from([10, 20, 30, 255, 40, 50, 60, 0]);
  const image = decodePng(encode({ width: 2, height: 1, data, channels: 4 }));
  expect([image.width, image.height, [...image.data]]).toEqual([2, 1, [10, 20, 30, 40, 50, 60]]);
});

test('a grey PNG is repeated over the channels', () => {
  const data = Uint8Array.from([7, 200]);
  const image = decodePng(encode({ width: 1, height: 2, data, channels: 1 }));
  expect([...image.data]).toEqual([7, 7, 7, 200, 200, 200]);
});

test('a PNG of 16 bits a channel and a damaged one are refused', () => {
  const deep = encode({ width: 1, height: 1, data: Uint16Array.from([1]), channels: 1, depth: 16 });
  expect(() => decodePng(deep)).toThrow('8 bits a channel');
  const whole = encode({ width: 1, height: 1, data: Uint8Array.from([1]), channels: 1 });
  whole[whole.length - 20] = 1 + (whole[whole.length - 20] ?? 0);
  expect(() => decodePng(whole)).toThrow();
});

/** A zip archive with one stored entry, `a/b.txt`, that holds "hello". */
const zip = Buffer.from(
  'UEsDBBQAAAAAAAAAIQCGphA2BQAAAAUAAAAHAAAAYS9iLnR4dGhlbGxvUEsBAhQDFAAAAAAAAAAhAIamEDYFAAAABQAAAAcAAAAAAAAAAAAAAIABAAAAAGEvYi50eHRQSwUGAAAAAAEAAQA1AAAAKgAAAAAA',
  'base64',
);
const bounds = { accept: () => true, maxEntries: 10, maxBytes: 100 };

test('zip entries are read by name, and only those wanted', async () => {
  const all = await readZip(zip, bounds);
  expect([...all].map(([name, bytes]) => [name, Buffer.from(bytes).toString()])).toEqual([
    ['a/b.txt', 'hello'],
  ]);
  expect((await readZip(zip, { ...bounds, accept: () => false })).size).toBe(0);
});

test('a zip larger than its bounds and a damaged one are refused', async () => {
  await expect(readZip(zip, { ...bounds, maxBytes: 4 })).rejects.toThrow('more than 4 bytes');
  await expect(readZip(zip, { ...bounds, maxEntries: 0 })).rejects.toThrow('1 entries, at most 0');
  await expect(readZip(zip.subarray(0, 60), bounds)).rejects.toThrow();
});

const pixels: NdArray = {
  dtype: 'uint8',
  shape: [2, 2, 2, 1],
  data: Uint8Array.from([9, 9, 9, 9, 0, 100, 200, 100]),
};

test('a resize is bilinear with half-pixel centres', () => {
  // The centres of 4 new pixels lie at -0.25, 0.25, 0.75 and 1.25 between the 2 old ones.
  const row = decodeRow(pixels, 1, { resize: [2, 4] });
  expect([...row]).toEqual([0, 25, 75, 100, 200, 175, 125, 100]);
  const square = decodeRow(pixels, 1, { resize: [4, 4] });
  // Second row and column: a quarter of the way in both directions.
  expect(square[5]).toBe(0.75 * (0.75 * 0 + 0.25 * 100) + 0.25 * (0.75 * 200 + 0.25 * 100));
  expect([...decodeRow(pixels, 0, { resize: [3, 3] })]).toEqual(new Array(9).fill(9));
});

test('a smaller size takes the nearest centres without smoothing', () => {
  const line: NdArray = {
    dtype: 'uint8',
    shape: [1, 1, 6, 1],
    data: Uint8Array.from([0, 10, 20, 30, 40, 50]),
  };
  expect([...decodeRow(line, 0, { resize: [1, 2] })]).toEqual([10, 40]);
});

test('the scale is applied after the resize', () => {
  expect([...decodeRow(pixels, 1, { resize: [2, 4], scale: 2 })]).toEqual([
    0, 50, 150, 200, 400, 350, 250, 200,
  ]);
  expect(decodedShape([28, 28, 3], { resize: [150, 150], scale: 1 / 255 })).toEqual([150, 150, 3]);
  expect(decodedShape([9], {})).toEqual([9]);
});

test('an NPY header is version 1.0, padded to 64 bytes, with a tuple for the shape', () => {
  const header = Buffer.from(npyHeader('float32', [196, 9]));
  expect(header.length % 64).toBe(0);
  expect([...header.subarray(0, 8)]).toEqual([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0]);
  expect(header.readUInt16LE(8)).toBe(header.length - 10);
  expect(header.subarray(10).toString('latin1').trimEnd()).toBe(
    "{'descr': '<f4', 'fortran_order': False, 'shape': (196, 9), }",
  );
  expect(header.at(-1)).toBe(0x0a);
  expect(Buffer.from(npyHeader('int32', [5])).toString('latin1')).toContain("'shape': (5,)");
});
