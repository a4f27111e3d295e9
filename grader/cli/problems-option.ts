import { findProblem, problemsWith } from '../../problems/index.ts';
import type { Problem } from '../contract.ts';

export interface ProblemsFlag {
  readonly problems?: string;
}

/** The grader's own problems, and those that the option adds. */
export function problemsOf({ problems }: ProblemsFlag): readonly Problem[] {
  return problemsWith(problems);
}

export function problemNamed(id: string, flag: ProblemsFlag): Problem {
  return findProblem(id, problemsOf(flag));
}
