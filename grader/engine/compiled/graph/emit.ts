import type { Operation, Program } from '../program/program.ts';
import type { EmitPlace } from './emit-place.ts';
import { emitScan } from './emit-scan.ts';

/** Writes a program's operations as nodes; answers the node of each value. */
export function emitProgram(program: Program, place: EmitPlace): (id: number) => string {
  const nodes = new Map(place.given);
  const constants = new Map(program.constants.map((constant) => [constant.value.id, constant]));
  const nodeOf = (id: number): string => {
    const known = nodes.get(id);
    if (known !== undefined) return known;
    const constant = constants.get(id);
    if (!constant) throw new Error(`internal: the graph has no node for ${nameOf(program, id)}`);
    const { value, bytes } = constant;
    const literal = { dtype: value.dtype, shape: value.shape, bytes };
    const node = place.graph.constant(literal, place.pivot ?? undefined);
    nodes.set(id, node);
    return node;
  };
  for (const operation of program.operations) {
    const inputs = operation.inputs.map(nodeOf);
    const { body } = operation;
    const outputs = body
      ? emitScan({ ...operation, body }, inputs, { ...place, emitProgram })
      : emitOperation(operation, inputs, place);
    operation.outputs.forEach(({ id }, index) => {
      const node = outputs[index];
      if (node !== undefined) nodes.set(id, node);
    });
  }
  return nodeOf;
}

function nameOf({ inputs, variables }: Program, id: number): string {
  const named = [...inputs, ...variables].find(({ value }) => value.id === id);
  return named ? named.name : `the value ${id}`;
}

function emitOperation(
  { op, attributes, outputs }: Operation,
  inputs: readonly string[],
  { graph }: EmitPlace,
): readonly string[] {
  const node = graph.add({ op, inputs, attributes });
  return outputs.map((_, index) => (index === 0 ? node : `${node}:${index}`));
}
