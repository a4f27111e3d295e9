/** Whose fault a failure is. Only `candidate` and `limit` concern the submission. */
export type Fault =
  'usage' | 'candidate' | 'limit' | 'package' | 'grader' | 'machine' | 'interrupted';

export interface Failure {
  readonly fault: Fault;
  /** Stable, kebab-case, for machines. */
  readonly code: string;
  /** One or two sentences: what is wrong, where, what came. */
  readonly message: string;
  /** What to do about it. */
  readonly help?: string;
}
