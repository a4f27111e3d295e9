import { rootsOf, type Program } from '../program/program.ts';

/** Leaves out operations and constants that nothing needs. */
export function removeDeadCode(program: Program): Program {
  const needed = new Set(rootsOf(program));
  const operations = program.operations
    .map(({ body, ...operation }) =>
      body ? { ...operation, body: { ...body, program: removeDeadCode(body.program) } } : operation,
    )
    .toReversed()
    .filter(({ outputs, inputs }) => {
      const isNeeded = outputs.some(({ id }) => needed.has(id));
      if (isNeeded) inputs.forEach((id) => needed.add(id));
      return isNeeded;
    })
    .toReversed();
  const constants = program.constants.filter(({ value }) => needed.has(value.id));
  return { ...program, operations, constants };
}
