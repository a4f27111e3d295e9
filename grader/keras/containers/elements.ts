/** How the elements of an array are stored, little-endian. */
export type StoredType =
  | 'float16'
  | 'bfloat16'
  | 'float32'
  | 'float64'
  | 'int8'
  | 'int16'
  | 'int32'
  | 'int64'
  | 'uint8'
  | 'uint16'
  | 'uint32'
  | 'uint64';

export const elementBytes: Record<StoredType, number> = {
  float16: 2,
  bfloat16: 2,
  float32: 4,
  float64: 8,
  int8: 1,
  int16: 2,
  int32: 4,
  int64: 8,
  uint8: 1,
  uint16: 2,
  uint32: 4,
  uint64: 8,
};

/** The elements as float32; float32 itself is not copied. The bytes begin at a multiple of eight. */
export function toFloat32(bytes: Uint8Array, type: StoredType): Float32Array {
  const { byteOffset } = bytes;
  const buffer = bytes.buffer as ArrayBuffer;
  const count = bytes.length / elementBytes[type];
  switch (type) {
    case 'float16':
      return Float32Array.from(new Uint16Array(buffer, byteOffset, count), halfToFloat);
    case 'bfloat16':
      return widenBfloat16(new Uint16Array(buffer, byteOffset, count));
    case 'float32':
      return new Float32Array(buffer, byteOffset, count);
    case 'float64':
      return Float32Array.from(new Float64Array(buffer, byteOffset, count));
    case 'int64':
      return Float32Array.from(new BigInt64Array(buffer, byteOffset, count), Number);
    case 'uint64':
      return Float32Array.from(new BigUint64Array(buffer, byteOffset, count), Number);
    default:
      return Float32Array.from(new integers[type](buffer, byteOffset, count));
  }
}

/** The index of the first value that is not finite, or -1. */
export function findNotFinite(values: Float32Array): number {
  let sum = 0;
  // Times 0, what is finite is 0 and the rest NaN, so one sum asks all at once. An iterator, or a
  // function for each value, takes ten times as long.
  for (let index = 0; index < values.length; index++) sum += (values[index] ?? 0) * 0;
  if (sum === 0) return -1;
  return values.findIndex((value) => !Number.isFinite(value));
}

const integers = {
  int8: Int8Array,
  int16: Int16Array,
  int32: Int32Array,
  uint8: Uint8Array,
  uint16: Uint16Array,
  uint32: Uint32Array,
};

function halfToFloat(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** The upper half of a float32. */
function widenBfloat16(halves: Uint16Array): Float32Array {
  return new Float32Array(Uint32Array.from(halves, (bits) => bits << 16).buffer);
}
