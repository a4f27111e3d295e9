import type { Dtype } from '../contract.ts';

const descriptors: Record<Dtype, string> = { float32: '<f4', int32: '<i4', uint8: '|u1' };

/** The header of a NumPy array file, format version 1.0, for values in row-major order. */
export function npyHeader(dtype: Dtype, shape: readonly number[]): Uint8Array {
  // Python writes a tuple of one with a comma.
  const tuple = shape.length === 1 ? `${String(shape[0])},` : shape.join(', ');
  const text = `{'descr': '${descriptors[dtype]}', 'fortran_order': False, 'shape': (${tuple}), }`;
  const prefix = 10;
  // The whole header is padded with spaces to a multiple of 64 and ends with a line feed.
  const length = Math.ceil((prefix + text.length + 1) / 64) * 64;
  const header = new Uint8Array(length).fill(0x20);
  header.set([0x93, ...Buffer.from('NUMPY'), 1, 0]);
  new DataView(header.buffer).setUint16(8, length - prefix, true);
  header.set(Buffer.from(text, 'latin1'), prefix);
  header[length - 1] = 0x0a;
  return header;
}
