import { scalarLiteral } from '../program/literals.ts';
import type { Operation, Program, ScanBody } from '../program/program.ts';
import type { EmitPlace, EmitProgram } from './emit-place.ts';
import { typed, type GraphBuilder } from './graph-builder.ts';
import { Loop } from './loop.ts';
import { stackElements, tensorArray, writeElement } from './tensor-array.ts';
import { present } from '../present.ts';

/** Bodies are programs themselves, so whoever writes programs hands itself on. */
interface ScanPlace extends EmitPlace {
  readonly emitProgram: EmitProgram;
}

/** A `Scan` as a loop in a frame of its own; answers the nodes of its outputs. */
export function emitScan(
  operation: Operation & { body: ScanBody },
  inputs: readonly string[],
  { graph, pivot, emitProgram }: ScanPlace,
): readonly string[] {
  const { program, carries, isReversed } = operation.body;
  const numberOutside = (value: number) => intConstant(graph, value, pivot);
  const time = operation.outputs[carries]?.shape[0] ?? 0;
  const loop = new Loop(graph, 'scan');
  const given = split(inputs, operation.body);
  const types = split(
    program.inputs.map(({ value }) => value.dtype),
    operation.body,
  );
  const arrays = operation.outputs
    .slice(carries)
    .map(({ dtype, shape }) =>
      tensorArray(graph, numberOutside(time), { dtype, shape: shape.slice(1) }),
    );
  const counter = loop.variable(numberOutside(0), 'int32');
  const states = given.carries.map((node, index) =>
    loop.variable(node, types.carries[index] ?? 'float32'),
  );
  const flows = arrays.map(({ flow }) => loop.variable(flow, 'float32'));
  const limit = loop.constant(numberOutside(time), 'int32');
  loop.start(intOp(graph, 'Less', [counter.merged, limit]), counter);

  const numberInside = (value: number) => intConstant(graph, value, loop.pivot);
  const round = counter.current();
  const at = isReversed ? intOp(graph, 'Sub', [numberInside(time - 1), round]) : round;
  const constants = given.constants.map((node, index) =>
    loop.constant(node, types.constants[index] ?? 'float32'),
  );
  const rows = given.sequences.map((node, index) => {
    const dtype = types.sequences[index] ?? 'float32';
    const inputs = [loop.constant(node, dtype), at, numberInside(0)];
    const indices = { Tindices: { type: 'int32' }, Taxis: { type: 'int32' } } as const;
    const attributes = { Tparams: { type: dtype }, ...indices, batch_dims: { int: 0 } };
    return graph.add({ op: 'GatherV2', inputs, attributes });
  });
  const nodes = [...rows, ...states.map((state) => state.current()), ...constants];
  const nodeOf = emitProgram(program, {
    graph,
    pivot: loop.pivot,
    given: givenNodes(program, nodes),
  });
  const results = program.outputs.map(({ id }) => nodeOf(id));

  counter.next(intOp(graph, 'AddV2', [round, numberInside(1)]));
  states.forEach((state, index) => state.next(present(results[index], `state ${index} of a scan`)));
  const stacked = arrays.map((array, index) => {
    const flow = present(flows[index], `flow ${index} of a scan`);
    const handle = loop.constant(array.handle, 'resource');
    const value = present(results[carries + index], `sequence ${index} of a scan`);
    flow.next(writeElement(graph, { ...array, handle, flow: flow.current() }, { at, value }));
    const range = { from: numberOutside(0), to: numberOutside(time), by: numberOutside(1) };
    return stackElements(graph, { ...array, flow: flow.exit() }, range);
  });
  return [...states.map((state) => state.exit()), ...stacked];
}

function givenNodes({ inputs }: Program, nodes: readonly string[]): ReadonlyMap<number, string> {
  return new Map(
    inputs.map(({ value }, index) => [value.id, present(nodes[index], `input ${index} of a scan`)]),
  );
}

function split<Item>(all: readonly Item[], { sequences, carries }: ScanBody) {
  return {
    sequences: all.slice(0, sequences),
    carries: all.slice(sequences, sequences + carries),
    constants: all.slice(sequences + carries),
  };
}

function intConstant(graph: GraphBuilder, value: number, pivot: string | null): string {
  return graph.constant(scalarLiteral(value, 'int32'), pivot ?? undefined);
}

function intOp(graph: GraphBuilder, op: string, inputs: readonly string[]): string {
  return graph.add({ op, inputs, attributes: typed('int32') });
}
