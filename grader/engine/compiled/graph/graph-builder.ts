import type { AttributeValue, DataType, TensorLiteral } from '../program/attributes.ts';

export interface Node {
  readonly name: string;
  readonly op: string;
  /** Names of nodes, `name:1` for a second output, `^name` for an order without a value. */
  readonly inputs: readonly string[];
  readonly attributes: Readonly<Record<string, AttributeValue>>;
}

interface NodeRequest {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly attributes?: Readonly<Record<string, AttributeValue>>;
  readonly name?: string;
}

/** Collects the nodes of one TensorFlow graph. */
export class GraphBuilder {
  readonly nodes: Node[] = [];
  private readonly constants = new Map<string, string>();
  private readonly users = new Map<string, string[]>();
  private count = 0;

  /** Adds a node; answers the name of its first output. */
  add({ op, inputs, attributes = {}, name }: NodeRequest): string {
    const unique = name ?? this.uniqueName(op);
    this.nodes.push({ name: unique, op, inputs, attributes });
    if (op !== 'Enter') this.addUser(unique, inputs);
    return unique;
  }

  /** The nodes so far that take a node's first output, but those that carry it into a loop. */
  usersOf(node: string): readonly string[] {
    return this.users.get(node) ?? [];
  }

  private addUser(user: string, inputs: readonly string[]): void {
    for (const input of inputs) this.users.set(input, [...(this.users.get(input) ?? []), user]);
  }

  uniqueName(prefix: string): string {
    this.count += 1;
    return `${prefix}_${this.count}`;
  }

  /** A constant; equal ones behind the same control node are one node. */
  constant(literal: TensorLiteral, after?: string): string {
    const { dtype, shape, bytes } = literal;
    const key = `${after} ${dtype} ${shape.join()} ${Buffer.from(bytes).toString('latin1')}`;
    const known = this.constants.get(key);
    if (known) return known;
    const made = this.add({
      op: 'Const',
      inputs: after ? [`^${after}`] : [],
      attributes: { dtype: { type: dtype }, value: { tensor: literal } },
    });
    this.constants.set(key, made);
    return made;
  }

  /** A value that each run is given; -1 in the shape stands for any length. */
  placeholder(name: string, dtype: DataType, shape: readonly number[]): string {
    return this.add({
      ...{ op: 'Placeholder', inputs: [], name },
      attributes: { dtype: { type: dtype }, shape: { shape } },
    });
  }
}

/** The type attribute that most ops have. */
export function typed(dtype: DataType): Readonly<Record<string, AttributeValue>> {
  return { T: { type: dtype } };
}
