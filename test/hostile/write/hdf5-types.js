import { Buffer } from 'node:buffer';

// Datatype messages of the HDF5 file format specification, version 1 of the encoding.

const type = (classNumber, bits, size, properties = Buffer.alloc(0)) =>
  Buffer.concat([Buffer.from([0x10 | classNumber, ...bits]), integer(size, 4), properties]);

export function integer(value, bytes) {
  const buffer = Buffer.alloc(8);
  buffer.writeBigInt64LE(BigInt.asIntN(64, BigInt(value)));
  return buffer.subarray(0, bytes);
}

const float = (size, [precision, exponentAt, exponentBits, bias], order = 0) =>
  type(
    1,
    [0x20 | order, precision - 1, 0],
    size,
    Buffer.concat([
      integer(0, 2),
      integer(precision, 2),
      Buffer.from([exponentAt, exponentBits, 0, exponentAt]),
      integer(bias, 4),
    ]),
  );

const single = [32, 23, 8, 127];

export const float16 = float(2, [16, 10, 5, 15]);
export const float32 = float(4, single);
export const bigEndianFloat32 = float(4, single, 1);
export const float64 = float(8, [64, 52, 11, 1023]);
export const int32 = type(0, [0x08, 0, 0], 4, Buffer.concat([integer(0, 2), integer(32, 2)]));
export const int64 = type(0, [0x08, 0, 0], 8, Buffer.concat([integer(0, 2), integer(64, 2)]));
export const objectReference = type(7, [0, 0, 0], 8);
export const opaque = type(5, [0, 0, 0], 4, Buffer.alloc(8));

/** Fixed length, padded with zeros, UTF-8. */
export const text = (length) => type(3, [0x11, 0, 0], length);

/** Of variable length, in the global heap, UTF-8. */
export const variableText = type(9, [0x01, 0x01, 0], 16, type(3, [0x10, 0, 0], 1));
export const variableFloats = type(9, [0, 0, 0], 16, float32);

/** Two members `r` and `i`, version 1: the layout of a complex number by h5py. */
export const complex = type(
  6,
  [2, 0, 0],
  8,
  Buffer.concat(
    ['r', 'i'].map((name, index) =>
      Buffer.concat([
        Buffer.from(name.padEnd(8, '\0')),
        integer(4 * index, 4),
        Buffer.alloc(28),
        float32,
      ]),
    ),
  ),
);
