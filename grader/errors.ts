import type { Failure, Fault } from './contract.ts';

/** A failure that was foreseen: it says whose fault it is. Anything else thrown is a bug of ours. */
export class GraderError extends Error {
  readonly failure: Failure;

  constructor(failure: Failure, options?: ErrorOptions) {
    super(failure.message, options);
    this.name = 'GraderError';
    this.failure = failure;
  }
}

export const exitCodes: Record<Fault, number> = {
  usage: 2,
  candidate: 3,
  limit: 4,
  package: 5,
  grader: 6,
  machine: 6,
  interrupted: 130,
};

/** A failure for anything thrown: the foreseen one, or the grader's own fault with its stack. */
export function toFailure(error: unknown): Failure {
  if (error instanceof GraderError) return error.failure;
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return {
    fault: 'machine',
    code: 'internal',
    message: `internal: ${text}`,
    help: 'This is a bug in the grader, not in the submission. Report it with the text above.',
  };
}
