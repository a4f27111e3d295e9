import { availableParallelism } from 'node:os';

const mostThreads = 8;

/**
 * Threads of a grading that has this many cores to itself, at most 8. A function of the machine alone,
 * since a batch cut in another number of parts sums in another order and gives other weights.
 */
export function defaultThreads(cores: number = availableParallelism()): number {
  return Math.min(Math.max(Math.floor(cores), 1), mostThreads);
}
