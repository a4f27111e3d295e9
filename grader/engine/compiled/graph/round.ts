import type { DataType, TensorLiteral } from '../program/attributes.ts';
import { scalarLiteral, vectorLiteral } from '../program/literals.ts';
import type { Program } from '../program/program.ts';
import { emitProgram } from './emit.ts';
import { typed, type GraphBuilder } from './graph-builder.ts';
import type { Loop, LoopVariable } from './loop.ts';
import { assign, readVariable, type GraphVariable } from './state.ts';
import { present } from '../present.ts';

/** One round of a loop: adds nodes that stand inside it and take values from outside. */
export class Round {
  readonly graph: GraphBuilder;
  /** int32: rounds done before this one. */
  readonly index: string;
  private readonly loop: Loop;

  constructor(graph: GraphBuilder, loop: Loop, counter: LoopVariable) {
    this.graph = graph;
    this.loop = loop;
    this.index = counter.current();
  }

  add(op: string, inputs: readonly string[], dtype: DataType): string {
    return this.graph.add({ op, inputs, attributes: typed(dtype) });
  }

  constant(literal: TensorLiteral): string {
    return this.graph.constant(literal, this.loop.pivot);
  }

  number(value: number, dtype: 'float32' | 'int32'): string {
    return this.constant(scalarLiteral(value, dtype));
  }

  /** A value from outside the loop. */
  outside(node: string, dtype: DataType): string {
    return this.loop.constant(node, dtype);
  }

  /** The part of a fed tensor that belongs to this round; its first axis holds one after the other. */
  part(node: string, dtype: DataType, shape: readonly number[]): string {
    const [length = 1, ...rest] = shape;
    const first = this.add('Mul', [this.index, this.number(length, 'int32')], 'int32');
    const begin = this.graph.add({
      ...{ op: 'Pack', inputs: [first, ...rest.map(() => this.number(0, 'int32'))] },
      attributes: { ...typed('int32'), N: { int: shape.length }, axis: { int: 0 } },
    });
    const size = this.constant(vectorLiteral(shape, 'int32'));
    return this.slice({ node: this.outside(node, dtype), dtype, begin, size });
  }

  /** The number of a fed vector that belongs to this round. */
  element(vector: string, dtype: DataType): string {
    return this.graph.add({
      ...{
        op: 'GatherV2',
        inputs: [this.outside(vector, dtype), this.index, this.number(0, 'int32')],
      },
      attributes: {
        ...{ Tparams: { type: dtype }, Tindices: { type: 'int32' }, Taxis: { type: 'int32' } },
        batch_dims: { int: 0 },
      },
    });
  }

  /**
   * A float32 scalar of ops that wait for `after`, which TensorFlow leaves out in rounds where the
   * condition, a bool, does not hold: then it is 0.
   */
  onlyIf(condition: string, value: (after: string) => string): string {
    const { graph } = this;
    const attributes = typed('float32');
    const zero = this.number(0, 'float32');
    const either = graph.add({ op: 'Switch', inputs: [zero, condition], attributes });
    const made = value(this.add('Identity', [`${either}:1`], 'float32'));
    const inputs = [either, made];
    return graph.add({ op: 'Merge', inputs, attributes: { ...attributes, N: { int: 2 } } });
  }

  slice(part: { node: string; dtype: DataType; begin: string; size: string }): string {
    return this.graph.add({
      ...{ op: 'Slice', inputs: [part.node, part.begin, part.size] },
      attributes: { ...typed(part.dtype), Index: { type: 'int32' } },
    });
  }

  /** Rows of a variable along its first axis; nothing in the graph may change the variable. */
  gather(variable: GraphVariable, rows: string): string {
    // ResourceGather would first copy a variable whose memory belongs to JavaScript.
    const { dtype } = variable;
    const whole = this.outside(readVariable(this.graph, variable), dtype);
    return this.graph.add({
      ...{ op: 'GatherV2', inputs: [whole, rows, this.number(0, 'int32')] },
      attributes: {
        ...{ Tparams: { type: dtype }, Tindices: { type: 'int32' }, Taxis: { type: 'int32' } },
        batch_dims: { int: 0 },
      },
    });
  }

  cast(node: string, from: DataType, to: DataType): string {
    if (from === to) return node;
    return this.graph.add({
      ...{ op: 'Cast', inputs: [node] },
      attributes: { SrcT: { type: from }, DstT: { type: to } },
    });
  }

  sum(nodes: readonly string[]): string {
    const [only = ''] = nodes;
    if (nodes.length === 1) return only;
    return this.graph.add({
      ...{ op: 'AddN', inputs: nodes },
      attributes: { ...typed('float32'), N: { int: nodes.length } },
    });
  }

  mean(nodes: readonly string[]): string {
    const sum = this.sum(nodes);
    if (nodes.length === 1) return sum;
    return this.add('Mul', [sum, this.number(1 / nodes.length, 'float32')], 'float32');
  }

  read({ handle, dtype }: GraphVariable): string {
    const variable = { handle: this.outside(handle, 'resource'), dtype };
    return readVariable(this.graph, variable, { waitsFor: [this.loop.pivot] });
  }

  /** Answers the node that changes the variable. */
  assign({ handle, dtype }: GraphVariable, value: string, waitsFor: readonly string[]): string {
    const variable = { handle: this.outside(handle, 'resource'), dtype };
    return assign(this.graph, { variable, value, waitsFor });
  }

  /** Writes a program; its inputs are given by name, its variables in their order. */
  emit(
    program: Program,
    { given, reads }: { given: Readonly<Record<string, string>>; reads: readonly string[] },
  ): Emitted {
    const nodes = new Map<number, string>();
    // A fused update needs none of the slots that its program has as inputs.
    for (const { name, value } of program.inputs) {
      const node = given[name];
      if (node !== undefined) nodes.set(value.id, node);
    }
    program.variables.forEach(({ value }, index) =>
      nodes.set(value.id, present(reads[index], `variable ${index}`)),
    );
    const { pivot } = this.loop;
    const nodeOf = emitProgram(program, { graph: this.graph, pivot, given: nodes });
    const output = (name: string) => {
      const found = program.outputs.find((each) => each.name === name);
      if (!found) throw new Error(`a program has no output ${name}`);
      return nodeOf(found.id);
    };
    return { nodeOf, output };
  }
}

/** A written program: the node of each value, and of each named output. */
export interface Emitted {
  readonly nodeOf: (id: number) => string;
  readonly output: (name: string) => string;
}
