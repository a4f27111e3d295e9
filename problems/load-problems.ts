import { existsSync, readdirSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { Problem, ProblemDefinition } from '../grader/contract.ts';
import { GraderError } from '../grader/errors.ts';
import { loadDefinition } from './load-definition.ts';

/**
 * The problem packages of a folder anywhere: the folder itself where it has a `problem.json`, else
 * those of its folders that have one, by name. Throws fault `usage` where there is none.
 */
export function loadProblems(directory: string): Problem[] {
  const folder = resolve(directory);
  if (isPackage(folder)) return [problemIn(folder)];
  const packages = foldersIn(folder).filter(isPackage);
  if (packages.length > 0) return packages.map(problemIn);
  throw noProblems(`${directory} has no problem.json, nor has any folder in it.`);
}

/** The definition is read at first use, so that a broken package does not break the others. */
export function problemIn(directory: string): Problem {
  let definition: ProblemDefinition | undefined;
  return {
    directory,
    get definition() {
      return (definition ??= loadDefinition(directory));
    },
  };
}

/** The folder's name, which a definition must repeat; it is there when the definition is broken. */
export function problemName({ directory }: Pick<Problem, 'directory'>): string {
  return basename(directory);
}

function isPackage(folder: string): boolean {
  return existsSync(join(folder, 'problem.json'));
}

function foldersIn(folder: string): string[] {
  try {
    const names = readdirSync(folder).sort();
    return names.map((name) => join(folder, name));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw noProblems(`${folder} cannot be read: ${reason}.`, cause);
  }
}

function noProblems(message: string, cause?: unknown): GraderError {
  return new GraderError(
    {
      fault: 'usage',
      code: 'no-problems',
      message,
      help: 'Name the folder of a problem package, or one that holds such folders.',
    },
    { cause },
  );
}
