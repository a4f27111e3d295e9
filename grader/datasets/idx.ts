import { showShape } from '../text/shape.ts';
import { gunzipSync } from 'node:zlib';
import type { NdArray } from '../contract.ts';
import { productOf } from '../sizes.ts';

/**
 * Decodes a gzipped IDX file of unsigned bytes with the given number of axes.
 * Throws an `Error` when the magic number, the axes or the length do not fit.
 */
export function decodeIdx(gzipped: Uint8Array, axes: number): NdArray {
  const bytes = gunzipSync(gzipped);
  const headerLength = 4 + 4 * axes;
  if (bytes.length < headerLength) {
    throw new Error(`IDX: the header needs ${headerLength} bytes, the file has ${bytes.length}`);
  }
  const header = new DataView(bytes.buffer, bytes.byteOffset, headerLength);
  const magic = header.getUint32(0);
  // 0x08 in the third byte stands for unsigned bytes, the fourth is the number of axes.
  const expected = 0x0800 + axes;
  if (magic !== expected) throw new Error(`IDX: magic must be ${expected}, got ${magic}`);
  const shape = Array.from({ length: axes }, (_, axis) => header.getUint32(4 + 4 * axis));
  const size = productOf(shape);
  if (bytes.length !== headerLength + size) {
    throw new Error(
      `IDX: shape ${showShape(shape)} needs ${size} values, the file has ${bytes.length - headerLength}`,
    );
  }
  return {
    dtype: 'uint8',
    shape,
    data: new Uint8Array(bytes.buffer, bytes.byteOffset + headerLength, size),
  };
}
