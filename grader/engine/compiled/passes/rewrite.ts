import type { Operation, Program } from '../program.ts';

/** What becomes of an operation: another one with the same outputs, or its outputs stand for others. */
export type Rewritten = { readonly operation: Operation } | { readonly sameAs: readonly number[] };

/**
 * Goes through a program in order and lets `rewrite` change each operation, whose inputs are
 * already those after earlier changes. Bodies of scans are passed through `inner`.
 */
export function rewriteOperations(
  program: Program,
  rewrite: (operation: Operation) => Rewritten,
  inner: (body: Program) => Program,
): Program {
  const replaced = new Map<number, number>();
  const now = (id: number) => replaced.get(id) ?? id;
  const operations: Operation[] = [];
  for (const before of program.operations) {
    const result = rewrite(withInputs(before, now, inner));
    if ('operation' in result) {
      operations.push(result.operation);
      continue;
    }
    before.outputs.forEach(({ id }, index) => {
      const other = result.sameAs[index];
      if (other !== undefined) replaced.set(id, other);
    });
  }
  const ends = (named: Program['outputs']) => named.map(({ name, id }) => ({ name, id: now(id) }));
  return {
    ...program,
    operations,
    outputs: ends(program.outputs),
    assignments: ends(program.assignments),
  };
}

function withInputs(
  operation: Operation,
  now: (id: number) => number,
  inner: (body: Program) => Program,
): Operation {
  const inputs = operation.inputs.map(now);
  const { body } = operation;
  if (!body) return { ...operation, inputs };
  return { ...operation, inputs, body: { ...body, program: inner(body.program) } };
}
