/** Something that cannot be compiled: the trainer then runs it op by op, and the report says why. */
export class CompileRefusal extends Error {
  override readonly name = 'CompileRefusal';
}
