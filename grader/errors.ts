import { constants } from 'node:os';
import type { Failure } from './contract/faults.ts';

/** A failure that was foreseen: it says whose fault it is. Anything else thrown is a bug of ours. */
export class GraderError extends Error {
  readonly failure: Failure;

  constructor(failure: Failure, options?: ErrorOptions) {
    super(failure.message, options);
    this.name = 'GraderError';
    this.failure = failure;
  }
}

/** A failure that is the candidate's to mend. */
export function candidateError(code: string, message: string, help?: string): GraderError {
  const failure = { fault: 'candidate', code, message } as const;
  return new GraderError(help === undefined ? failure : { ...failure, help });
}

/** A failure of what was asked for. */
export function usageError(code: string, message: string, help?: string): GraderError {
  const failure = { fault: 'usage', code, message } as const;
  return new GraderError(help === undefined ? failure : { ...failure, help });
}

/** Does some work; what fails in it as foreseen is told with the place. */
export function within<Result>(place: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof GraderError)) throw error;
    const { failure } = error;
    const message = `${place}: ${failure.message}`;
    throw new GraderError({ ...failure, message }, { cause: error });
  }
}

/** A fired signal as a failure. */
export function interrupted(): GraderError {
  return new GraderError({ fault: 'interrupted', code: 'interrupted', message: 'Interrupted.' });
}

/** Throws `interrupted` where the signal has fired. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw interrupted();
}

/** How a process ended, as Node and execa tell it. */
export interface Ending {
  readonly signal?: string | undefined;
  readonly exitCode?: number | undefined;
}

/** A process that ended without an answer: the machine's fault until it is known to be another's. */
export class ProcessDied extends GraderError {
  /** `SIGKILL` and the like; null where the process ended by itself. */
  readonly signal: string | null;
  readonly exitCode: number | null;

  constructor(failure: Omit<Failure, 'fault'>, { signal, exitCode }: Ending) {
    super({ fault: 'machine', ...failure });
    this.name = 'ProcessDied';
    this.signal = signal ?? signalBehind(exitCode);
    this.exitCode = exitCode ?? null;
  }
}

/** bubblewrap and timeout end with 128 and the number of the signal that ended their child. */
function signalBehind(exitCode: number | undefined): string | null {
  const names = Object.entries(constants.signals);
  return names.find(([, number]) => number + 128 === exitCode)?.[0] ?? null;
}

/** `signal SIGKILL` or `exit code 1`; null where neither is known. */
export function describeEnding({ signal, exitCode }: Ending): string | null {
  const name = signal ?? signalBehind(exitCode);
  if (name !== null) return `signal ${name}`;
  return exitCode === undefined ? null : `exit code ${exitCode}`;
}

/** What a machine can lack at any moment, by the names of its errors. */
const shortages: Readonly<Record<string, string>> = {
  ENOSPC: 'No space is left on a disk',
  EDQUOT: "The user's share of a disk is used up",
  EROFS: 'A file system is read-only',
  EIO: 'A disk cannot be read or written',
  EMFILE: 'Too many files are open',
  ENFILE: 'Too many files are open',
  ENOMEM: 'Memory is short',
};

/**
 * A failure for anything thrown: the foreseen one, the machine's where it lacks something, or the
 * grader's own fault with its stack.
 */
export function toFailure(error: unknown): Failure {
  if (error instanceof GraderError) return error.failure;
  const { code = '' } = error instanceof Error ? (error as NodeJS.ErrnoException) : {};
  const shortage = shortages[code];
  if (shortage !== undefined) {
    const message = `${shortage}: ${(error as Error).message}.`;
    return { fault: 'machine', code: 'shortage', message, help: 'Mend that, then grade again.' };
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return {
    fault: 'grader',
    code: 'internal',
    message: `internal: ${text}`,
    help: 'This is a bug in the grader, not in the submission. Report it with the text above.',
  };
}
