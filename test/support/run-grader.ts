import { execa } from 'execa';
import { join } from 'node:path';
import { checkReport } from '../../grader/report/schema.ts';
import { packageRoot } from '../../grader/package-root.ts';
import type { Failure, GradeReport } from '../../grader/contract.ts';

/** What `grader check --json` prints. */
export interface CheckJson {
  readonly reports: readonly GradeReport[];
  readonly notGraded: readonly {
    readonly name: string;
    readonly problem: string | null;
    readonly reason: string;
    readonly isMissed?: boolean;
    readonly failure?: Failure;
  }[];
}

export interface GraderRun {
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the real program as a user would, in the given folder, without a terminal; root may run it as another user. */
export async function runGrader(
  args: readonly string[],
  options: { cwd: string; env?: Record<string, string | undefined>; user?: number | undefined },
): Promise<GraderRun> {
  const { user } = options;
  const { exitCode, stdout, stderr } = await execa(
    process.execPath,
    [join(packageRoot, 'grader', 'launch.js'), ...args],
    {
      cwd: options.cwd,
      ...(user === undefined ? {} : { uid: user, gid: user }),
      env: { LC_ALL: 'C.UTF-8', ...options.env },
      reject: false,
      stdin: 'ignore',
      timeout: 1_800_000,
    },
  );
  return { exitCode, stdout, stderr };
}

/** Grades with `--json`; the report is what stdout holds. */
export async function gradeAsJson(
  args: readonly string[],
  options: { cwd: string; env?: Record<string, string | undefined> },
): Promise<GraderRun & { report: GradeReport }> {
  const run = await runGrader(['grade', ...args, '--json'], options);
  return { ...run, report: checkReport(JSON.parse(run.stdout)) };
}
