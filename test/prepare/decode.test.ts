import { expect, test } from '@jest/globals';
import { gzipSync } from 'node:zlib';
import { decodedShape, decodeRow } from '../../grader/prepare/decode-row.ts';
import { decodeIdx } from '../../grader/datasets/idx.ts';
import { npyHeader } from '../../grader/prepare/npy.ts';
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
