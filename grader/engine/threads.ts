import { availableParallelism } from 'node:os';

const mostThreads = 8;

/**
 * Threads of one op: the cores this process may use, at most 8. A function of the machine alone,
 * since another number of threads sums in another order and gives other weights.
 */
export function defaultThreads(): number {
  return Math.min(availableParallelism(), mostThreads);
}
