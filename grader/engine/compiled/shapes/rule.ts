import type { AttributeValue, DataType } from '../program/attributes.ts';

export interface ShapedType {
  readonly shape: readonly number[];
  readonly dtype: DataType;
}

/** What a rule knows of an op: attributes, shapes of its inputs, numbers of those that are constant. */
export interface OpFacts {
  readonly attributes: Readonly<Record<string, AttributeValue>>;
  readonly inputs: readonly ShapedType[];
  /** Numbers of a small constant input; throws `CompileRefusal` where the input is no constant. */
  readonly constant: (input: number) => readonly number[];
}

/** The outputs of one op. */
export type ShapeRule = (facts: OpFacts) => readonly ShapedType[];

export function input(facts: OpFacts, index: number): ShapedType {
  const found = facts.inputs[index];
  if (!found) throw new Error(`an op has no input ${index}`);
  return found;
}

export function like(index: number): ShapeRule {
  return (facts) => [input(facts, index)];
}

export function intOf(facts: OpFacts, name: string, fallback = 0): number {
  const value = facts.attributes[name];
  return value && 'int' in value ? value.int : fallback;
}

export function boolOf(facts: OpFacts, name: string): boolean {
  const value = facts.attributes[name];
  return value !== undefined && 'bool' in value && value.bool;
}

export function intsOf(
  facts: OpFacts,
  name: string,
  fallback: readonly number[],
): readonly number[] {
  const value = facts.attributes[name];
  return value && 'ints' in value ? value.ints : fallback;
}

export function stringOf(facts: OpFacts, name: string): string {
  const value = facts.attributes[name];
  return value && 'string' in value ? value.string : '';
}

export function typeOf(facts: OpFacts, name: string, fallback: DataType): DataType {
  const value = facts.attributes[name];
  return value && 'type' in value ? value.type : fallback;
}

/** NumPy's broadcasting of two shapes. */
export function broadcast(a: readonly number[], b: readonly number[]): number[] {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, axis) => {
    const x = a[a.length - rank + axis] ?? 1;
    const y = b[b.length - rank + axis] ?? 1;
    return x === 1 ? y : x;
  });
}
