import type { Operation, Program } from '../program/program.ts';
import { rewriteProgram, type Rewrite } from './rewrite.ts';

/** Equal constants become one, and so do operations of equal inputs and attributes. */
export function mergeCommonValues(program: Program): Program {
  const body = (inner: Program): Program => mergeCommonValues(inner);
  const withBodies = {
    ...program,
    operations: program.operations.map((operation) =>
      operation.body
        ? { ...operation, body: { ...operation.body, program: body(operation.body.program) } }
        : operation,
    ),
  };
  return rewriteProgram(mergeConstants(withBodies), mergeOperations());
}

/** Bodies of scans come with values of their own, so each level keeps its own list. */
function mergeOperations(): Rewrite {
  const seen = new Map<string, Operation>();
  return (operation, { producer }) => {
    if (operation.outputs.length !== 1) return null;
    const key = JSON.stringify([operation.op, operation.inputs, operation.attributes]);
    const known = seen.get(key);
    const id = known?.outputs[0]?.id;
    if (id !== undefined && producer(id) === known) return id;
    seen.set(key, operation);
    return null;
  };
}

function mergeConstants(program: Program): Program {
  const first = new Map<string, number>();
  const sameAs = new Map<number, number>();
  const constants = program.constants.filter(({ value, bytes }) => {
    const key = `${value.dtype} ${value.shape.join()} ${Buffer.from(bytes).toString('latin1')}`;
    const known = first.get(key);
    if (known === undefined) first.set(key, value.id);
    else sameAs.set(value.id, known);
    return known === undefined;
  });
  const now = (id: number) => sameAs.get(id) ?? id;
  const ends = (named: Program['outputs']) => named.map(({ name, id }) => ({ name, id: now(id) }));
  return {
    ...program,
    constants,
    operations: program.operations.map((operation) => ({
      ...operation,
      inputs: operation.inputs.map(now),
    })),
    outputs: ends(program.outputs),
    assignments: ends(program.assignments),
  };
}
