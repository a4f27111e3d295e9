import { execaNode } from 'execa';
import { basename, dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { GraderError } from '../errors.ts';
import { stopMessage, type ChildMessage } from './serve.ts';

export interface ChildProgram {
  /** URL of the built child program, `new URL('./child.js', import.meta.url)`. */
  readonly program: URL;
  readonly args?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly nodeOptions?: readonly string[];
  /** Nothing of this process's environment, not even where its folders are. */
  readonly isBare?: boolean;
}

export interface ChildListener<Progress> {
  readonly onProgress?: (progress: Progress) => void;
  /** Each line that the child writes to stderr, for the log. */
  readonly onStderr?: (line: string) => void;
  /** Kills the child. */
  readonly signal?: AbortSignal | undefined;
  /** Asks the child for an early end with a result. */
  readonly softStop?: AbortSignal | undefined;
}

/** A process that is up or coming up and takes one job. Whoever starts one runs or ends it. */
export interface StartedChild<Job, Progress, Result> {
  /** False once the process has ended, for whatever reason. */
  isAlive(): boolean;
  /** Undefined where it could not be started. */
  readonly pid: number | undefined;
  /**
   * Gives the child its one job: plain data, since it crosses a process border. Throws the child's
   * `GraderError`, or one with fault `machine` when the child dies without a word and `interrupted`
   * when a signal ended it.
   */
  run(job: Job, listener?: ChildListener<Progress>): Promise<Result>;
  /** Kills the child, whatever it does. */
  end(): void;
}

/**
 * Starts one of the grader's own programs in a process of its own, which loads what it needs while
 * it waits for its job. The process ends with this one, however that ends.
 */
export function startChild<Job, Progress, Result>(
  program: ChildProgram,
): StartedChild<Job, Progress, Result> {
  const child = spawn(program);
  const words = listen(child.stderr);
  const messages = messagesOf(child);
  return {
    pid: child.pid,
    isAlive: () => child.exitCode === null && child.signalCode === null,
    end: () => void child.kill(),
    async run(job, listener = {}) {
      words.tell(listener.onStderr);
      const letGo = follow(child, listener);
      void send(child, job);
      if (listener.softStop?.aborted) void send(child, stopMessage);
      let last: ChildMessage<Progress, Result> | undefined;
      for await (const message of messages) {
        const said = message as ChildMessage<Progress, Result>;
        if (said.type === 'progress') listener.onProgress?.(said.progress);
        else last = said;
      }
      const ended = await child;
      letGo();
      if (listener.signal?.aborted) throw interrupted();
      if (last?.type === 'done') return last.result;
      if (last?.type === 'failed') throw new GraderError(last.failure);
      throw died(program.program, howItEnded(ended), words.last());
    },
  };
}

const inherited = [
  ...['PATH', 'HOME', 'TMPDIR', 'LANG', 'XDG_CACHE_HOME', 'SystemRoot', 'NODE_COMPILE_CACHE'],
];

function spawn({ program, args = [], environment, nodeOptions = [], isBare }: ChildProgram) {
  return execaNode(fileURLToPath(program), args, {
    ipc: true,
    reject: false,
    stdin: 'ignore',
    stdout: 'ignore',
    buffer: false,
    extendEnv: false,
    env: { ...(isBare ? {} : pick(process.env, inherited)), ...environment },
    nodeOptions,
    killSignal: 'SIGKILL',
  });
}

type Child = ReturnType<typeof spawn>;

/** To be asked for at once: of a child that has ended by itself execa hands out none any more. */
function messagesOf(child: Child): AsyncIterable<unknown> | Iterable<unknown> {
  try {
    return child.getEachMessage();
  } catch {
    // A process that could not be started at all is reported from its exit.
    return [];
  }
}

async function send(child: Child, message: unknown): Promise<void> {
  try {
    await child.sendMessage(message as object);
  } catch {
    // A child that has died is reported from its exit.
  }
}

/** Passes the two signals on to the child; answers how to stop that. */
function follow(child: Child, { signal, softStop }: ChildListener<never>): () => void {
  const kill = () => void child.kill();
  const askForEnd = () => void send(child, stopMessage);
  if (signal?.aborted) kill();
  signal?.addEventListener('abort', kill, { once: true });
  softStop?.addEventListener('abort', askForEnd, { once: true });
  return () => {
    signal?.removeEventListener('abort', kill);
    softStop?.removeEventListener('abort', askForEnd);
  };
}

/** Keeps the lines of a stream until somebody wants them, and the last ones in any case. */
function listen(stream: NodeJS.ReadableStream) {
  const lines: string[] = [];
  let onLine: ((line: string) => void) | undefined;
  createInterface({ input: stream }).on('line', (line) => {
    onLine?.(line);
    lines.push(line.slice(0, 500));
    if (lines.length > keptLines) lines.shift();
  });
  return {
    last: () => lines.slice(-5).join('\n').trim(),
    tell(listener: ((line: string) => void) | undefined) {
      for (const line of lines) listener?.(line);
      onLine = listener;
    },
  };
}

const keptLines = 50;

function interrupted(): GraderError {
  return new GraderError({ fault: 'interrupted', code: 'interrupted', message: 'Interrupted.' });
}

function died(program: URL, how: string, lastWords: string): GraderError {
  return new GraderError({
    fault: 'machine',
    code: 'child-died',
    message: `The process ${nameOf(program)} ended without a result (${how}).`,
    help: `Its last words: ${lastWords || '(none)'}`,
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

interface Ended {
  readonly signal?: string | undefined;
  readonly exitCode?: number | undefined;
  readonly originalMessage?: string | undefined;
}

function howItEnded({ signal, exitCode, originalMessage }: Ended): string {
  if (signal !== undefined) return `signal ${signal}`;
  return exitCode === undefined ? `${originalMessage}` : `exit code ${exitCode}`;
}
