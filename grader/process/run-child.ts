import { execaNode } from 'execa';
import { basename, dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { GraderError } from '../errors.ts';
import { stopMessage, type ChildMessage } from './serve.ts';

export interface ChildOptions<Job, Progress> {
  /** URL of the built child program, `new URL('./child.js', import.meta.url)`. */
  readonly program: URL;
  /** Plain data: it crosses a process border. */
  readonly job: Job;
  readonly environment?: Readonly<Record<string, string>>;
  readonly nodeOptions?: readonly string[];
  readonly onProgress?: (progress: Progress) => void;
  /** Each line that the child writes to stderr, for the log. */
  readonly onStderr?: (line: string) => void;
  /** Kills the child. */
  readonly signal?: AbortSignal | undefined;
  /** Asks the child for an early end with a result. */
  readonly softStop?: AbortSignal | undefined;
}

const inherited = ['PATH', 'HOME', 'TMPDIR', 'LANG', 'XDG_CACHE_HOME', 'SystemRoot'];

/**
 * Runs one of the grader's own programs in a process of its own, from its job to its result. The
 * child is killed when this process exits or the signal fires.
 * Throws the child's `GraderError`, or one with fault `machine` when the child dies without a word
 * and `interrupted` when the signal ended it.
 */
export async function runChild<Job, Progress, Result>(
  options: ChildOptions<Job, Progress>,
): Promise<Result> {
  const child = execaNode(fileURLToPath(options.program), {
    ipc: true,
    reject: false,
    stdin: 'ignore',
    stdout: 'ignore',
    buffer: false,
    extendEnv: false,
    env: { ...pick(process.env, inherited), ...options.environment },
    nodeOptions: options.nodeOptions ?? [],
    killSignal: 'SIGKILL',
    ...(options.signal ? { cancelSignal: options.signal } : {}),
  });
  const lastLines: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => {
    options.onStderr?.(line);
    lastLines.push(line.slice(0, 500));
    if (lastLines.length > 5) lastLines.shift();
  });
  child.sendMessage(options.job as object).catch(() => {
    // A child that died before it took its job is reported below, from its exit.
  });
  const askForEnd = () => void child.sendMessage(stopMessage).catch(() => undefined);
  if (options.softStop?.aborted) askForEnd();
  options.softStop?.addEventListener('abort', askForEnd, { once: true });
  let last: ChildMessage<Progress, Result> | undefined;
  for await (const message of child.getEachMessage()) {
    const said = message as ChildMessage<Progress, Result>;
    if (said.type === 'progress') options.onProgress?.(said.progress);
    else last = said;
  }
  const ended = await child;
  options.softStop?.removeEventListener('abort', askForEnd);
  if (options.signal?.aborted) {
    throw new GraderError({ fault: 'interrupted', code: 'interrupted', message: 'Interrupted.' });
  }
  if (last?.type === 'done') return last.result;
  if (last?.type === 'failed') throw new GraderError(last.failure);
  throw new GraderError({
    fault: 'machine',
    code: 'child-died',
    message: `The process ${nameOf(options.program)} ended without a result (${howItEnded(ended)}).`,
    help: `Its last words: ${lastLines.join('\n').trim() || '(none)'}`,
  });
}

function pick(
  from: Readonly<Record<string, string | undefined>>,
  names: readonly string[],
): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => (from[name] === undefined ? [] : [[name, from[name]]])),
  );
}

/** `prepare/child.js`: several programs have the same file name. */
function nameOf(program: URL): string {
  const path = fileURLToPath(program);
  return `${basename(dirname(path))}/${basename(path)}`;
}

function howItEnded(ended: { signal?: string | undefined; exitCode?: number | undefined }): string {
  return ended.signal === undefined ? `exit code ${ended.exitCode}` : `signal ${ended.signal}`;
}
