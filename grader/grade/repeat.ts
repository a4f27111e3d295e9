import { GraderError, interrupted, ProcessDied } from '../errors.ts';
import type { Grading } from './grading.ts';

// A process that dies without a word may have been killed for what others did: by the system where
// memory was short, by hand. So a stage is repeated once, in a new process. Where it dies the same way
// again, a small submission of the grader's own goes through the same stage: if that runs well, what
// was handed in is the cause; if it dies as well, the machine is.

/** One stage of a grading that has a process of its own. */
interface Stage<Result> {
  /** Each call takes a new process. */
  run(): Promise<Result>;
  /** The same with a submission of the grader's own; null for a stage that never meets one. */
  readonly runOwn: ((died: ProcessDied) => Promise<unknown>) | null;
}

/** Runs a stage, once more where its process died; says so in the report. Throws what it throws. */
export async function repeated<Result>(grading: Grading, stage: Stage<Result>): Promise<Result> {
  try {
    return await stage.run();
  } catch (first) {
    if (!isWorthRepeating(first) || isStopped(grading)) throw first;
    const what = first.message.replace(/\.$/, '');
    grading.outcome.notes.push(`${what}; the stage was repeated.`);
    return await stage.run().catch(async (second: unknown) => {
      throw await causeOf({ first, second }, stage, grading);
    });
  }
}

function isWorthRepeating(error: unknown): error is GraderError {
  if (error instanceof ProcessDied) return true;
  return error instanceof GraderError && error.failure.code === 'reader-did-not-start';
}

function isStopped({ request: { interrupt, kill } }: Grading): boolean {
  return interrupt.aborted || kill.aborted;
}

async function causeOf(
  { first, second }: { readonly first: GraderError; readonly second: unknown },
  { runOwn }: Stage<unknown>,
  grading: Grading,
): Promise<unknown> {
  if (!isSameDeath(first, second) || !runOwn || isStopped(grading)) return second;
  const ownRunsWell = await runOwn(second).then(
    () => true,
    () => false,
  );
  if (isStopped(grading)) return interrupted();
  return ownRunsWell ? ofSubmission(second) : second;
}

function isSameDeath(first: unknown, second: unknown): second is ProcessDied {
  return (
    first instanceof ProcessDied &&
    second instanceof ProcessDied &&
    first.failure.code === second.failure.code &&
    first.signal === second.signal &&
    // Of a signal that hit what is in a jail, the jail tells by its exit code.
    (first.signal !== null || first.exitCode === second.exitCode)
  );
}

const bySystem = ['SIGKILL', 'SIGXCPU'];
const wordsOfMemory = /out of memory|heap limit|bad_alloc|cannot allocate memory/i;

function ofSubmission(died: ProcessDied): GraderError {
  const { message, help = '' } = died.failure;
  const isLimit =
    (died.signal !== null && bySystem.includes(died.signal)) || wordsOfMemory.test(help);
  const twice = `${message} It did so twice, while a small submission of the grader's own ran well.`;
  if (isLimit) {
    const advice =
      'Most likely it takes more memory than there is: take a smaller model or a smaller batchSize.';
    return new GraderError(
      { fault: 'limit', code: 'killed', message: twice, help: `${advice} ${help}`.trim() },
      { cause: died },
    );
  }
  return new GraderError(
    { fault: 'candidate', code: 'crash', message: twice, help },
    { cause: died },
  );
}
