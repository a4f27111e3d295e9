import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { GradeReport, Problem } from '../../contract.ts';
import { WarmTrainers } from '../../engine/process/warm-trainers.ts';
import { GraderError, interrupted, usageError } from '../../errors.ts';
import { temporaryFolder } from '../../files/temporary.ts';
import { folderRequest } from '../../grade/folder-request.ts';
import { gradeToFolder } from '../../grade/grade-to-folder.ts';
import type { GradeListener } from '../../grade/listener.ts';
import { packageRoot } from '../../package-root.ts';

/** Whoever measures a package: how it is ended, and who follows. */
export interface Measuring {
  readonly signal: AbortSignal;
  readonly kill: AbortSignal;
  readonly listener: GradeListener;
  /** A line on each training that is done. */
  readonly onRun: (text: string) => void;
}

export interface Run {
  readonly problem: Problem;
  readonly file: string;
  readonly seed: number;
}

/**
 * Grades a recipe as `grader grade` does and keeps nothing of it. What is the submission's fault stands in the
 * report; what is the package's or the machine's, and an interrupt, is thrown.
 */
export async function gradeRecipe(
  { problem, file, seed }: Run,
  { signal, kill, listener }: Measuring,
): Promise<GradeReport> {
  const scratch = temporaryFolder('measure');
  const trainers = new WarmTrainers();
  try {
    const given = { problem, file, trainers, interrupt: signal, kill };
    const request = folderRequest(given, { seed, out: join(scratch, 'out') });
    const { report } = await gradeToFolder(request, [listener]);
    if (signal.aborted) throw interrupted();
    const fault = report.failure?.fault;
    if (report.failure && fault !== 'candidate' && fault !== 'limit') {
      throw new GraderError(report.failure);
    }
    return report;
  } finally {
    trainers.end();
    await rm(scratch, { recursive: true, force: true });
  }
}

/**
 * The reference solution of a package: the one that is named, `reference.ts` in it, or that of one of the grader's
 * own in `solutions/`. Throws fault `usage` where there is none.
 */
export function referenceOf(directory: string, named?: string): string {
  const own = join(packageRoot, 'solutions', `${basename(directory)}.ts`);
  const paths = named === undefined ? [join(directory, 'reference.ts'), own] : [named];
  const found = paths.find((path) => existsSync(path));
  if (found !== undefined) return found;
  throw usageError(
    'no-reference',
    `${paths[0] ?? ''} is not there.`,
    'Write a solution that earns five points there, or name one with --reference.',
  );
}
