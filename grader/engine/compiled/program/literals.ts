import type { DataType, TensorLiteral } from './attributes.ts';

/** The bytes of numbers in a type of TensorFlow. */
export function bytesOf(numbers: ArrayLike<number>, dtype: DataType): Uint8Array {
  const array = arrayFor(numbers, dtype);
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}

function arrayFor(numbers: ArrayLike<number>, dtype: DataType) {
  switch (dtype) {
    case 'float32':
      return Float32Array.from(numbers);
    case 'int32':
      return Int32Array.from(numbers);
    case 'int64':
      return BigInt64Array.from(Array.from(numbers, BigInt));
    default:
      return Uint8Array.from(numbers);
  }
}

/** The numbers that a constant's bytes stand for. */
export function numbersOf({ bytes }: { bytes: Uint8Array }, dtype: DataType): number[] {
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  switch (dtype) {
    case 'float32':
      return Array.from(new Float32Array(buffer));
    case 'int32':
      return Array.from(new Int32Array(buffer));
    case 'int64':
      return Array.from(new BigInt64Array(buffer), Number);
    default:
      return Array.from(new Uint8Array(buffer));
  }
}

export function scalarLiteral(value: number, dtype: 'float32' | 'int32'): TensorLiteral {
  return { dtype, shape: [], bytes: bytesOf([value], dtype) };
}

export function vectorLiteral(
  values: readonly number[],
  dtype: 'float32' | 'int32',
): TensorLiteral {
  return { dtype, shape: [values.length], bytes: bytesOf(values, dtype) };
}
