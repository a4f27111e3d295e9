import type { AttributeValue } from '../../compiled/program/attributes.ts';

/** An argument of a fused op: a slot, the gradient, a coefficient of the step, a fixed number. */
type FusedArgument =
  | { readonly slot: string }
  | 'gradient'
  | { readonly coefficient: string }
  | { readonly number: number };

/** TensorFlow's op that updates a variable and its slots in place. */
export interface FusedUpdate {
  readonly op: string;
  readonly arguments: readonly FusedArgument[];
  readonly attributes: Readonly<Record<string, AttributeValue>>;
}

/** The coefficient that holds the learning rate. */
export const rate: FusedArgument = { coefficient: 'rate' };

/** Of an op's own power of a beta: `rate` holds the bias corrections already. */
export const noPower: FusedArgument = { number: 0 };

export function numbers(...values: readonly number[]): readonly FusedArgument[] {
  return values.map((number) => ({ number }));
}

export function slotsOf(...names: readonly string[]): readonly FusedArgument[] {
  return names.map((slot) => ({ slot }));
}

export function fusedUpdate(
  op: string,
  given: readonly FusedArgument[],
  attributes: FusedUpdate['attributes'] = {},
): FusedUpdate {
  return {
    op,
    arguments: given,
    attributes: { ...attributes, T: { type: 'float32' }, use_locking: { bool: false } },
  };
}
