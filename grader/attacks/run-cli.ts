import { execa } from 'execa';
import { join } from 'node:path';
import { packageRoot } from '../package-root.ts';

export interface CliRun {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly timedOut: boolean;
}

/** Runs the grader as a user would, with a cache of its own below the folder. */
export async function runCli(
  words: readonly string[],
  {
    cwd,
    environment = {},
  }: { readonly cwd: string; readonly environment?: Record<string, string> },
): Promise<CliRun> {
  const ended = await execa(
    process.execPath,
    [join(packageRoot, 'grader', 'launch.js'), ...words],
    {
      cwd,
      env: { GRADER_CACHE: join(cwd, 'cache'), NO_COLOR: '1', ...environment },
      reject: false,
      stdin: 'ignore',
      timeout: 90_000,
      killSignal: 'SIGKILL',
    },
  );
  const { stdout, stderr, timedOut } = ended;
  return { exitCode: ended.exitCode ?? null, stdout, stderr, timedOut };
}
