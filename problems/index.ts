import { basename, join } from 'node:path';
import type { Problem, ProblemDefinition } from '../grader/contract.ts';
import { GraderError } from '../grader/errors.ts';
import { packageRoot } from '../grader/package-root.ts';
import { loadDefinition } from '../grader/problem-schema.ts';
import { nearest } from '../grader/recipe/names.ts';

import * as fashionMnist from './fashion-mnist/data.ts';
import * as imageAugmentation from './image-augmentation/data.ts';
import * as regression from './regression/data.ts';
import * as sarcasm from './sarcasm/data.ts';
import * as sunspots from './sunspots/data.ts';

/** Every problem package, in the order of the categories. A broken one throws when it is used. */
export const problems: readonly Problem[] = [
  problem('regression', regression),
  problem('fashion-mnist', fashionMnist),
  problem('image-augmentation', imageAugmentation),
  problem('sarcasm', sarcasm),
  problem('sunspots', sunspots),
];

/** Throws a `GraderError` with fault `usage` that lists the problems when there is none of that name. */
export function findProblem(id: string): Problem {
  const names = problems.map((candidate) => basename(candidate.directory));
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

/** The definition is read at first use, so that a broken package does not break the others. */
function problem(id: string, data: Pick<Problem, 'prepare' | 'sample'>): Problem {
  const directory = join(packageRoot, 'problems', id);
  let definition: ProblemDefinition | undefined;
  return {
    directory,
    get definition() {
      return (definition ??= loadDefinition(directory));
    },
    prepare: data.prepare,
    ...(data.sample ? { sample: data.sample } : {}),
  };
}
