import type { AttributeValue, DataType } from './attributes.ts';

/** A tensor of known shape and type, named by its number within one program. */
export interface Value {
  readonly id: number;
  readonly shape: readonly number[];
  readonly dtype: DataType;
}

/** One TensorFlow op, or a `Scan` with the program of its body. */
export interface Operation {
  readonly op: string;
  readonly attributes: Readonly<Record<string, AttributeValue>>;
  readonly inputs: readonly number[];
  readonly outputs: readonly Value[];
  readonly body?: ScanBody;
}

/**
 * The loop of a `Scan` over the first axis of its sequences. Inputs of the operation are sequences,
 * carries, constants, in this order; its outputs are the last carries and the stacked step outputs.
 * Inputs of the body program are one step of each sequence, the carries, the constants; its outputs
 * are the new carries and the step outputs.
 */
export interface ScanBody {
  readonly program: Program;
  readonly sequences: number;
  readonly carries: number;
  /** From the last step to the first; stacked outputs stand at their own steps all the same. */
  readonly isReversed: boolean;
}

export interface Constant {
  readonly value: Value;
  readonly bytes: Uint8Array;
}

export interface NamedValue {
  readonly name: string;
  readonly value: Value;
}

export interface NamedId {
  readonly name: string;
  readonly id: number;
}

/**
 * What a traced function computes: operations in order, each value set once. Variables are read
 * before the first operation and take their new values, the assignments, after the last.
 */
export interface Program {
  readonly inputs: readonly NamedValue[];
  readonly variables: readonly NamedValue[];
  readonly constants: readonly Constant[];
  readonly operations: readonly Operation[];
  readonly outputs: readonly NamedId[];
  readonly assignments: readonly NamedId[];
}

/** Names of a program's ends of one kind: `inputs` for one, `inputs/0`, `inputs/1` for two. */
export function namesOf(kind: string, all: readonly unknown[]): readonly string[] {
  return all.length === 1 ? [kind] : all.map((_, index) => `${kind}/${index}`);
}

/** Every value that the program needs at its end. */
export function rootsOf(program: Program): number[] {
  return [...program.outputs, ...program.assignments].map(({ id }) => id);
}

/** Every value of the program by its number. */
export function valuesOf(program: Program): Map<number, Value> {
  const values = new Map<number, Value>();
  const add = (value: Value) => values.set(value.id, value);
  for (const { value } of [...program.inputs, ...program.variables, ...program.constants])
    add(value);
  for (const { outputs } of program.operations) outputs.forEach(add);
  return values;
}
