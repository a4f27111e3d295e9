import { execa } from 'execa';
import { parse } from 'node:path';
import { throwIfAborted } from '../errors.ts';

interface ProgramResult {
  readonly ok: boolean;
  /** False where no such program is on the path. */
  readonly found: boolean;
  /** stdout and stderr in the order they came. */
  readonly output: string;
  /** How it ended, for a message: "exit code 1", "signal SIGKILL". */
  readonly ending: string;
}

/**
 * Runs a program to its end, outside of the current folder: Python would take modules from there, and
 * it may be a candidate's. A fired signal ends it and throws
 * the `interrupted` error.
 */
export async function runProgram(
  command: readonly string[],
  options: { environment?: Readonly<Record<string, string>>; signal?: AbortSignal | undefined },
): Promise<ProgramResult> {
  throwIfAborted(options.signal);
  const result = await execa(command[0] ?? '', command.slice(1), {
    reject: false,
    all: true,
    stdin: 'ignore',
    cwd: parse(process.cwd()).root,
    env: options.environment ?? {},
    forceKillAfterDelay: 1_000,
    ...(options.signal ? { cancelSignal: options.signal } : {}),
  });
  throwIfAborted(options.signal);
  return {
    ok: !result.failed,
    found: result.code !== 'ENOENT' && result.code !== 'EACCES',
    output: result.all,
    ending:
      result.signal === undefined
        ? `exit code ${result.exitCode ?? 'unknown'}`
        : `signal ${result.signal}`,
  };
}

/** The end of a program's output, where compilers and pip say what went wrong. */
export function lastLines(output: string, count: number): string {
  return output.trim().split('\n').slice(-count).join('\n');
}
