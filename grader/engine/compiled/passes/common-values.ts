import type { Constant, Operation, Program } from '../program.ts';
import { rewriteOperations } from './rewrite.ts';

/** Equal constants become one, and so do operations of equal inputs and attributes. */
export function mergeCommonValues(program: Program): Program {
  const { constants, sameAs } = mergeConstants(program.constants);
  const seen = new Map<string, Operation>();
  const merged = rewriteOperations(
    { ...program, constants },
    (given) => {
      const operation = { ...given, inputs: given.inputs.map((id) => sameAs.get(id) ?? id) };
      if (operation.body) return { operation };
      const key = JSON.stringify([operation.op, operation.inputs, operation.attributes]);
      const known = seen.get(key);
      if (known) return { sameAs: known.outputs.map(({ id }) => id) };
      seen.set(key, operation);
      return { operation };
    },
    mergeCommonValues,
  );
  const ends = (named: Program['outputs']) =>
    named.map(({ name, id }) => ({ name, id: sameAs.get(id) ?? id }));
  return { ...merged, outputs: ends(merged.outputs), assignments: ends(merged.assignments) };
}

function mergeConstants(all: readonly Constant[]) {
  const first = new Map<string, Constant>();
  const sameAs = new Map<number, number>();
  for (const constant of all) {
    const { value, bytes } = constant;
    const key = `${value.dtype} ${value.shape.join()} ${Buffer.from(bytes).toString('latin1')}`;
    const known = first.get(key);
    if (known) sameAs.set(value.id, known.value.id);
    else first.set(key, constant);
  }
  return { constants: [...first.values()], sameAs };
}
