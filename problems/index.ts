import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import type { Failure, Problem, ProblemCode } from '../grader/contract.ts';
import { GraderError, toFailure } from '../grader/errors.ts';
import { packageRoot } from '../grader/package-root.ts';
import { nearest } from '../grader/recipe/names.ts';
import { loadProblems, problemIn, problemName } from './load-problems.ts';

/** The grader's own packages, in the order of their categories. The preparer alone loads their code. */
const own: Readonly<Record<string, () => Promise<ProblemCode>>> = {
  regression: () => import('./regression/data.ts'),
  'fashion-mnist': () => import('./fashion-mnist/data.ts'),
  'image-augmentation': () => import('./image-augmentation/data.ts'),
  sarcasm: () => import('./sarcasm/data.ts'),
  sunspots: () => import('./sunspots/data.ts'),
};

/** A broken one throws when it is used. */
export const problems: readonly Problem[] = Object.keys(own).map((id) =>
  problemIn(join(packageRoot, 'problems', id)),
);

/** How the code of one of the grader's own packages is loaded; undefined for any other folder. */
export function ownCode(directory: string): (() => Promise<ProblemCode>) | undefined {
  const problem = problems.find((candidate) => candidate.directory === directory);
  return problem && own[problemName(problem)];
}

/**
 * The grader's own problems and those of a folder. Throws fault `package` where two have one name, and
 * what `loadProblems` throws.
 */
export function problemsWith(directory: string | undefined): readonly Problem[] {
  if (directory === undefined) return problems;
  const others = loadProblems(directory).filter((other) => !isOwn(other));
  for (const other of others) {
    const name = problemName(other);
    if (!Object.hasOwn(own, name)) continue;
    throw new GraderError({
      fault: 'package',
      code: 'problem-name',
      message: `${other.directory}: the grader has a problem "${name}" of its own.`,
      help: 'Give the folder, and the id in its problem.json, another name.',
    });
  }
  return [...problems, ...others];
}

/** The folder may have been reached by another way. */
function isOwn({ directory }: Problem): boolean {
  const real = realpathSync(directory);
  return problems.some((problem) => realpathSync(problem.directory) === real);
}

/** The packages whose definition can be read, and what is wrong with the others. */
export function readProblems(among: readonly Problem[] = problems): {
  whole: readonly Problem[];
  broken: readonly Failure[];
} {
  const whole: Problem[] = [];
  const broken: Failure[] = [];
  for (const candidate of among) {
    try {
      whole.push({ ...candidate, definition: candidate.definition });
    } catch (error) {
      broken.push(toFailure(error));
    }
  }
  return { whole, broken };
}

/** Throws a `GraderError` with fault `usage` that lists the problems when there is none of that name. */
export function findProblem(id: string, among: readonly Problem[] = problems): Problem {
  const names = among.map(problemName);
  const found = among[names.indexOf(id)];
  if (found) return found;
  const meant = nearest(id, names);
  throw new GraderError({
    fault: 'usage',
    code: 'unknown-problem',
    message: `No problem "${id}". Problems: ${names.join(', ')}.`,
    ...(meant === null ? {} : { help: `Is "${meant}" meant?` }),
  });
}
