import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { findProblem, problemsWith } from '../../problems/index.ts';

/**
 * The folder of a package that is named by its folder or by its id, among the grader's own and those of
 * another folder. Its definition may be broken. Throws fault `usage` where there is none.
 */
export function findPackage(named: string, problems: string | undefined): string {
  const path = resolve(named);
  if (existsSync(join(path, 'problem.json'))) return path;
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
  // A folder that should be a package: what it lacks is told.
  if (isFolder && existsSync(join(path, 'data.ts'))) return path;
  return findProblem(named, problemsWith(problems)).directory;
}
