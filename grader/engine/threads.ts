import { availableParallelism } from 'node:os';

/** How many threads TensorFlow has, for the inside of one op and for ops side by side. */
export interface ThreadPlan {
  readonly intraOp: number;
  readonly interOp: number;
}

const mostThreads = 8;

/**
 * Threads of a grading that has this many cores to itself, at most 8. A function of the machine alone,
 * since another number of threads sums in another order and gives other weights.
 */
export function defaultThreads(cores: number = availableParallelism()): number {
  return Math.min(Math.max(Math.floor(cores), 1), mostThreads);
}

/** Read by libtensorflow when it is loaded, so it cannot be set inside the process. */
export function threadEnvironment({ intraOp, interOp }: ThreadPlan): Record<string, string> {
  return { TF_NUM_INTRAOP_THREADS: String(intraOp), TF_NUM_INTEROP_THREADS: String(interOp) };
}
