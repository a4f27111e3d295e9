/** Whether an HDF5 file begins here or, after a block of another program's, at 512, 1024, …. */
export function isHdf5(head: Uint8Array): boolean {
  return [0, 512, 1024, 2048, 4096, 8192].some((offset) => hasBytes(head, hdf5Magic, offset));
}

const hdf5Magic = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];

export function isZip(head: Uint8Array): boolean {
  return hasBytes(head, [0x50, 0x4b, 0x03, 0x04]) || hasBytes(head, [0x50, 0x4b, 0x05, 0x06]);
}

/** The name of a zip archive's first entry; empty for anything else. */
export function firstZipEntry(head: Uint8Array): string {
  if (!hasBytes(head, [0x50, 0x4b, 0x03, 0x04]) || head.length < 30) return '';
  const length = (head[26] ?? 0) + 256 * (head[27] ?? 0);
  return Buffer.from(head.subarray(30, 30 + length)).toString('latin1');
}

export function hasBytes(head: Uint8Array, magic: readonly number[], offset = 0): boolean {
  return magic.every((byte, index) => head[offset + index] === byte);
}

export function textOf(head: Uint8Array): string {
  return Buffer.from(head).toString('utf8');
}
