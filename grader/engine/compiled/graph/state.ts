import { scalarLiteral, vectorLiteral } from '../program/literals.ts';
import type { ShapedType } from '../shapes/rule.ts';
import type { GraphBuilder } from './graph-builder.ts';
import { present } from '../present.ts';

/** A variable of the graph, which lives as long as the session. */
export interface GraphVariable extends ShapedType {
  readonly name: string;
  readonly handle: string;
}

/** The name of the node that sets every variable that was declared before it. */
export const initializeNode = 'initialize';

/** Declares the graph's variables and what sets them at first. */
export class GraphState {
  private readonly graph: GraphBuilder;
  private readonly assigns = new Map<string, string>();

  constructor(graph: GraphBuilder) {
    this.graph = graph;
  }

  /** A variable that the first run is given under `initial/<name>`. */
  fed(name: string, type: ShapedType): GraphVariable {
    const variable = this.declare(name, type);
    const given = this.graph.placeholder(initialName(name), type.dtype, type.shape);
    this.assigns.set(name, assign(this.graph, { variable, value: given }));
    return variable;
  }

  /** A float32 variable that starts with the same number everywhere. */
  filled(name: string, shape: readonly number[], value: number): GraphVariable {
    const variable = this.declare(name, { shape, dtype: 'float32' });
    const filled = this.graph.add({
      op: 'Fill',
      inputs: [
        this.graph.constant(vectorLiteral(shape, 'int32')),
        this.graph.constant(scalarLiteral(value, 'float32')),
      ],
      attributes: { T: { type: 'float32' }, index_type: { type: 'int32' } },
    });
    this.assigns.set(name, assign(this.graph, { variable, value: filled }));
    return variable;
  }

  /** Adds the node that sets all variables. */
  finish(): void {
    after(this.graph, initializeNode, [...this.assigns.values()]);
  }

  /** Adds a node that sets some of the fed variables anew. */
  resetter(name: string, some: readonly GraphVariable[]): void {
    after(
      this.graph,
      name,
      some.map((variable) => present(this.assigns.get(variable.name), `value of ${variable.name}`)),
    );
  }

  private declare(name: string, type: ShapedType): GraphVariable {
    const handle = this.graph.add({
      ...{ op: 'VarHandleOp', inputs: [], name: `variable/${name}` },
      attributes: {
        dtype: { type: type.dtype },
        shape: { shape: type.shape },
        shared_name: { string: name },
        container: { string: '' },
      },
    });
    return { name, handle, ...type };
  }
}

export function initialName(name: string): string {
  return `initial/${name}`;
}

type Handle = Pick<GraphVariable, 'handle' | 'dtype'>;

/** Answers the node that sets a variable, after the nodes that it waits for. */
export function assign(
  graph: GraphBuilder,
  request: { variable: Handle; value: string; waitsFor?: readonly string[] },
): string {
  const { variable, value, waitsFor = [] } = request;
  return graph.add({
    op: 'AssignVariableOp',
    inputs: [variable.handle, value, ...waitsFor.map((node) => `^${node}`)],
    attributes: { dtype: { type: variable.dtype }, validate_shape: { bool: false } },
  });
}

export function readVariable(
  graph: GraphBuilder,
  { handle, dtype }: Handle,
  options: { name?: string; waitsFor?: readonly string[] } = {},
): string {
  return graph.add({
    op: 'ReadVariableOp',
    inputs: [handle, ...(options.waitsFor ?? []).map((node) => `^${node}`)],
    attributes: { dtype: { type: dtype } },
    ...(options.name ? { name: options.name } : {}),
  });
}

/** A node to fetch that is ready when the others are. */
export function after(graph: GraphBuilder, name: string, nodes: readonly string[]): void {
  graph.add({
    ...{ op: 'Const', inputs: nodes.map((node) => `^${node}`), name },
    attributes: { dtype: { type: 'float32' }, value: { tensor: scalarLiteral(0, 'float32') } },
  });
}
