import { join, relative, resolve } from 'node:path';
import { findPackage } from '../authoring/find-package.ts';
import { validate } from '../authoring/lint/validate.ts';
import { newProblem } from '../authoring/scaffold/new-problem.ts';
import { taskNames } from '../contract/task.ts';
import { rowOf } from '../contract/verdicts.ts';
import type { CliContext } from './context.ts';
import { printValidation } from './problem-mistakes.ts';
import { followPreparation } from './progress.ts';
import type { Screen } from './screen.ts';

export interface ProblemFlags {
  readonly problems?: string;
  readonly json?: true;
}

export interface NewFlags {
  readonly task: string;
  readonly dir: string;
  readonly data?: readonly string[];
}

export async function makeProblem(
  id: string,
  { task, dir, data = [] }: NewFlags,
  { screen }: CliContext,
): Promise<void> {
  const asked = { id, task: taskNames[task] ?? 'regression', parent: resolve(dir), files: data };
  const { directory, files } = await newProblem(asked);
  const where = relative(process.cwd(), directory);
  for (const file of files) screen.print(join(where, file));
  screen.print('');
  screen.print(`Next: grader problem validate ${where}`);
  screen.print(`      grader grade ${id} ${join(where, 'starter.ts')} --problems ${dir}`);
}

export async function validateProblem(
  named: string,
  { problems, json }: ProblemFlags,
  context: CliContext,
): Promise<void> {
  const { screen, signal } = context;
  const directory = findPackage(named, problems);
  const found = await validate(directory, { signal, onProgress: followPreparation(screen) });
  screen.status('');
  if (json) printJson('grader-problem-validation', found, screen);
  else printValidation(found, screen);
  const isBroken = found.mistakes.some(({ isWarning }) => !isWarning);
  if (isBroken) context.exit(rowOf('package-fault').exitCode);
}

export function printJson(format: string, found: object, screen: Screen): void {
  screen.print(JSON.stringify({ format, version: 1, ...found }, null, 2));
}
