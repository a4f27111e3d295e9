import { basename, join } from 'node:path';
import type { Failure, Problem, ProblemDefinition } from '../grader/contract.ts';
import { GraderError, toFailure } from '../grader/errors.ts';
import { packageRoot } from '../grader/package-root.ts';
import { loadDefinition } from './load-definition.ts';
import { nearest } from '../grader/recipe/names.ts';

/** Every problem package, in the order of the categories. A broken one throws when it is used. */
export const problems: readonly Problem[] = await Promise.all([
  problem('regression', () => import('./regression/data.ts')),
  problem('fashion-mnist', () => import('./fashion-mnist/data.ts')),
  problem('image-augmentation', () => import('./image-augmentation/data.ts')),
  problem('sarcasm', () => import('./sarcasm/data.ts')),
  problem('sunspots', () => import('./sunspots/data.ts')),
]);

/** The packages whose definition can be read, and what is wrong with the others. */
export function readProblems(): { whole: readonly Problem[]; broken: readonly Failure[] } {
  const whole: Problem[] = [];
  const broken: Failure[] = [];
  for (const candidate of problems) {
    try {
      whole.push({ ...candidate, definition: candidate.definition });
    } catch (error) {
      broken.push(toFailure(error));
    }
  }
  return { whole, broken };
}

/** Throws a `GraderError` with fault `usage` that lists the problems when there is none of that name. */
export function findProblem(id: string): Problem {
  const names = problems.map(problemName);
  const found = problems[names.indexOf(id)];
  if (found) return found;
  const meant = nearest(id, names);
  throw new GraderError({
    fault: 'usage',
    code: 'unknown-problem',
    message: `No problem "${id}". Problems: ${names.join(', ')}.`,
    ...(meant === null ? {} : { help: `Is "${meant}" meant?` }),
  });
}

/** The folder's name, which a definition must repeat; it is there when the definition is broken. */
export function problemName({ directory }: Pick<Problem, 'directory'>): string {
  return basename(directory);
}

type ProblemCode = Pick<Problem, 'prepare' | 'sample'>;

/** The definition is read at first use, so that a broken package does not break the others. */
async function problem(id: string, load: () => Promise<ProblemCode>): Promise<Problem> {
  const directory = join(packageRoot, 'problems', id);
  let definition: ProblemDefinition | undefined;
  const { prepare, sample } = await load().catch((cause: unknown) => brokenCode(id, cause));
  return {
    directory,
    get definition() {
      return (definition ??= loadDefinition(directory));
    },
    prepare,
    ...(sample ? { sample } : {}),
  };
}

/** Code that does not load fails when its problem is graded, not when another one is. */
function brokenCode(id: string, cause: unknown): ProblemCode {
  const fail = () => {
    throw new GraderError(
      {
        fault: 'package',
        code: 'problem-data',
        message: `The problem package ${id} is broken: its data.ts does not load: ${String(cause)}.`,
        help: 'The submission is not at fault. Correct the package.',
      },
      { cause },
    );
  };
  return { prepare: fail, sample: fail };
}
