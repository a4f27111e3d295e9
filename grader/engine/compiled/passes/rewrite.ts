import type { AttributeValue, DataType } from '../program/attributes.ts';
import { bytesOf } from '../program/literals.ts';
import {
  valuesOf,
  type Constant,
  type Operation,
  type Program,
  type Value,
} from '../program/program.ts';

/** What a rewrite knows of the values before an operation, and how it adds new ones. */
export interface Rewriting {
  readonly value: (id: number | undefined) => Value | undefined;
  readonly constant: (id: number | undefined) => Constant | undefined;
  /** The operation that gives a value, where there is one. */
  readonly producer: (id: number | undefined) => Operation | undefined;
  /** Adds an operation of one output before the present one. */
  readonly insert: (operation: NewOperation) => number;
  readonly insertConstant: (type: NewConstant) => number;
}

interface NewOperation {
  readonly op: string;
  readonly inputs: readonly number[];
  readonly attributes: Readonly<Record<string, AttributeValue>>;
  readonly output: { readonly shape: readonly number[]; readonly dtype: DataType };
}

interface NewConstant {
  readonly shape: readonly number[];
  readonly dtype: DataType;
  readonly numbers: readonly number[];
}

/**
 * What becomes of an operation: null leaves it, a number is the value that its first output stands
 * for from now on, an operation takes its place.
 */
export type Rewrite = (operation: Operation, around: Rewriting) => Operation | number | null;

/** Goes through a program in order, and through the bodies of its scans, rewriting each operation. */
export function rewriteProgram(program: Program, rewrite: Rewrite): Program {
  const pass = new Pass(program);
  for (const before of program.operations) {
    const operation = pass.withInputs(before, rewrite);
    const result = operation.body ? null : rewrite(operation, pass);
    if (typeof result === 'number') pass.replace(operation, result);
    else pass.add(result ?? operation);
  }
  return pass.finish();
}

class Pass implements Rewriting {
  private readonly program: Program;
  private readonly values: Map<number, Value>;
  private readonly constants: Map<number, Constant>;
  private readonly producers = new Map<number, Operation>();
  private readonly operations: Operation[] = [];
  private readonly replaced = new Map<number, number>();
  private next: number;

  constructor(program: Program) {
    this.program = program;
    this.values = valuesOf(program);
    this.constants = new Map(program.constants.map((constant) => [constant.value.id, constant]));
    this.next = Math.max(-1, ...this.values.keys()) + 1;
  }

  value = (id: number | undefined) => (id === undefined ? undefined : this.values.get(id));
  constant = (id: number | undefined) => (id === undefined ? undefined : this.constants.get(id));
  producer = (id: number | undefined) => (id === undefined ? undefined : this.producers.get(id));

  insert = ({ op, inputs, attributes, output }: NewOperation): number => {
    const value = this.newValue(output);
    this.add({ op, inputs, attributes, outputs: [value] });
    return value.id;
  };

  insertConstant = ({ shape, dtype, numbers }: NewConstant): number => {
    const value = this.newValue({ shape, dtype });
    this.constants.set(value.id, { value, bytes: bytesOf(numbers, dtype) });
    return value.id;
  };

  withInputs(operation: Operation, rewrite: Rewrite): Operation {
    const inputs = operation.inputs.map((id) => this.now(id));
    const { body } = operation;
    if (!body) return { ...operation, inputs };
    return {
      ...operation,
      inputs,
      body: { ...body, program: rewriteProgram(body.program, rewrite) },
    };
  }

  add(operation: Operation): void {
    this.operations.push(operation);
    for (const { id } of operation.outputs) this.producers.set(id, operation);
  }

  replace({ outputs }: Operation, id: number): void {
    const [first] = outputs;
    if (first) this.replaced.set(first.id, id);
  }

  finish(): Program {
    const ends = (named: Program['outputs']) =>
      named.map(({ name, id }) => ({ name, id: this.now(id) }));
    return {
      ...this.program,
      constants: [...this.constants.values()],
      operations: this.operations,
      outputs: ends(this.program.outputs),
      assignments: ends(this.program.assignments),
    };
  }

  private now(id: number): number {
    return this.replaced.get(id) ?? id;
  }

  private newValue({ shape, dtype }: NewOperation['output']): Value {
    const value = { id: this.next, shape, dtype };
    this.next += 1;
    this.values.set(value.id, value);
    return value;
  }
}
