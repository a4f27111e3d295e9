import type { Fault } from './verdicts.ts';

export interface Failure {
  readonly fault: Fault;
  /** Stable, kebab-case, for machines. */
  readonly code: string;
  /** One or two sentences: what is wrong, where, what came. */
  readonly message: string;
  /** What to do about it. */
  readonly help?: string;
}
