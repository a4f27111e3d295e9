import type { Generation } from '../generation.ts';
import type { Tensor } from '../conversion.ts';
import type { Settings } from './settings.ts';
import { NotConverted } from './settings.ts';

/** A layer in the place of an operation, or of a part of one, with what it is called with. */
interface Made {
  readonly kind: 'made';
  readonly className: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly inputs: readonly Expression[];
}

interface Given {
  readonly kind: 'given';
  readonly tensor: Tensor;
  /** With the batch; null where the file does not say it. */
  readonly shape: readonly unknown[] | null;
}

/** A tensor as an operation has it, or what layers make of it. */
export type Expression = Given | Made;

/** Numbers: one, or an array of them. */
export type Numbers = number | readonly Numbers[];

export interface Constant {
  readonly kind: 'constant';
  readonly value: unknown;
}

export type Operand = Expression | Constant;

/** An operation as a file has it. */
export interface OperationCall {
  /** As in `table.ts`. */
  readonly name: string;
  /** Tensors and constants in the order in which Python has them; those of a list stand by themselves. */
  readonly operands: readonly Operand[];
  readonly settings: Settings;
  /** How many of its outputs the model uses. */
  readonly outputs: number;
  /** Whether a tensor of whole numbers is among its own. */
  readonly isWhole: boolean;
  readonly generation: Generation;
}

/** What is computed in the place of an operation, one expression for each output. Throws `NotConverted`. */
export type Operation = (call: OperationCall) => Expression | readonly Expression[];

export function made(
  className: string,
  config: Readonly<Record<string, unknown>>,
  ...inputs: readonly Expression[]
): Expression {
  return { kind: 'made', className, config, inputs };
}

/** The tensor that an operation of one has. */
export function single({ operands }: OperationCall): Expression {
  const [x, ...others] = operands;
  if (x && x.kind !== 'constant' && others.length === 0) return x;
  throw new NotConverted(
    `with ${operands.length === 1 ? 'a constant' : `${operands.length} values`}`,
  );
}

/** The tensors of an operation that has nothing else. */
export function tensors({ operands }: OperationCall): readonly [Expression, ...Expression[]] {
  const [first, ...others] = operands.filter((operand) => operand.kind !== 'constant');
  if (first && others.length + 1 === operands.length) return [first, ...others];
  throw new NotConverted(first ? 'with a tensor and a constant' : 'without a tensor');
}

/** An operation that is a layer of one input without settings. */
export function plain(
  className: string,
  config: Readonly<Record<string, unknown>> = {},
): Operation {
  return (call) => made(className, config, single(call));
}

/** The same kind of operation under each of its names. */
export function named<Kind>(
  operation: (kind: Kind) => Operation,
  names: Readonly<Record<string, Kind>>,
): Record<string, Operation> {
  return Object.fromEntries(Object.entries(names).map(([name, kind]) => [name, operation(kind)]));
}
