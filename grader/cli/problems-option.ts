import type { Command } from 'commander';
import { findProblem, problemsWith } from '../../problems/index.ts';
import type { Problem } from '../contract.ts';

export interface ProblemsFlag {
  readonly problems?: string;
}

export function addProblemsOption(command: Command): Command {
  return command.option(
    '--problems <dir>',
    'a folder of more problems: a problem package, or one in each of its folders',
  );
}

/** The grader's own problems, and those that the option adds. */
export function problemsOf({ problems }: ProblemsFlag): readonly Problem[] {
  return problemsWith(problems);
}

export function problemNamed(id: string, flag: ProblemsFlag): Problem {
  return findProblem(id, problemsOf(flag));
}
