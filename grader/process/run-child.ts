import { startChild, type ChildListener, type ChildProgram } from './start-child.ts';

interface ChildOptions<Job, Progress> extends ChildProgram, ChildListener<Progress> {
  /** Plain data: it crosses a process border. */
  readonly job: Job;
}

/**
 * Runs one of the grader's own programs in a process of its own, from its job to its result. Throws
 * what `StartedChild.run` throws.
 */
export function runChild<Job, Progress, Result>(
  options: ChildOptions<Job, Progress>,
): Promise<Result> {
  return startChild<Job, Progress, Result>(options).run(options.job, options);
}
