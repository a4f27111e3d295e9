import { productOf } from '../../../sizes.ts';

/** TensorFlow's types as programs use them. */
export type DataType = 'float32' | 'int32' | 'bool' | 'uint8' | 'int64' | 'resource';

/** TensorFlow's enum values (tensorflow/core/framework/types.proto). */
export const typeNumbers: Readonly<Record<DataType, number>> = {
  float32: 1,
  int32: 3,
  uint8: 4,
  int64: 9,
  bool: 10,
  resource: 20,
};

/** An attribute of an op, with the type that it has in the op's definition. */
export type AttributeValue =
  | { readonly type: DataType }
  | { readonly types: readonly DataType[] }
  | { readonly int: number }
  | { readonly ints: readonly number[] }
  | { readonly float: number }
  | { readonly bool: boolean }
  | { readonly string: string }
  | { readonly shape: readonly number[] }
  | { readonly tensor: TensorLiteral };

export interface TensorLiteral {
  readonly dtype: DataType;
  readonly shape: readonly number[];
  /** Little-endian. */
  readonly bytes: Uint8Array;
}

/** Throws for a type that no program uses. */
export function typeOfNumber(number: number): DataType {
  const found = Object.entries(typeNumbers).find(([, value]) => value === number);
  if (!found) throw new Error(`TensorFlow's type ${number} is not used in programs`);
  return found[0] as DataType;
}

export function sizeOf(shape: readonly number[]): number {
  return productOf(shape);
}
