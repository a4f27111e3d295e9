import { execa } from 'execa';
import { basename, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Ending, describeEnding, GraderError, interrupted, ProcessDied } from '../errors.ts';
import { mebibytes } from '../text/bytes.ts';
import { commandOf, type Confinement } from './confinement.ts';
import { environmentOf } from './environment.ts';
import { findProgram } from './find-program.ts';
import { readLines } from './lines.ts';
import {
  readChildMessage,
  writeMessage,
  type ChildMessage,
  type ParentMessage,
} from './messages.ts';
import { watchMemory } from './memory.ts';
import { killTree } from './tree.ts';

export interface ChildProgram {
  /** URL of the built child program, `new URL('./child.js', import.meta.url)`. */
  readonly program: URL;
  readonly args?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** What holds a child that meets a stranger's bytes; its environment is all that the child gets. */
  readonly confinement?: Confinement;
}

export interface ChildListener<Progress> {
  readonly onProgress?: (progress: Progress) => void;
  /** Each line that the child writes to stderr, for the log. */
  readonly onStderr?: (line: string) => void;
  /** Kills the child. */
  readonly signal?: AbortSignal | undefined;
  /** Asks the child for an early end with a result. */
  readonly softStop?: AbortSignal | undefined;
  /** Resident memory of the child and its own children, in bytes: one that takes more is killed. */
  readonly memoryBytes?: number | undefined;
}

/** A process that is up or coming up and takes one job. Whoever starts one runs or ends it. */
export interface StartedChild<Job, Progress, Result> {
  /** False once the process has ended, for whatever reason. */
  isAlive(): boolean;
  /** Of the outermost program; undefined where it could not be started. */
  readonly pid: number | undefined;
  /**
   * Gives the child its one job: plain data, since it crosses a process border. Throws the child's
   * `GraderError`, or `ProcessDied` when the child dies without a word, `limit` when it took too much
   * memory and `interrupted` when a signal ended it.
   */
  run(job: Job, listener?: ChildListener<Progress>): Promise<Result>;
  /** Kills the child, whatever it does. */
  end(): void;
}

/** What a child may say; arrays go through files. */
const messageLimits = { lineBytes: 32 * 2 ** 20, totalBytes: 256 * 2 ** 20 };
const wordLimits = { lineBytes: 2 ** 20, totalBytes: 64 * 2 ** 20 };

/**
 * Starts one of the grader's own programs in a process of its own, which loads what it needs while
 * it waits for its job. The process ends with this one, however that ends.
 */
export function startChild<Job, Progress, Result>(
  program: ChildProgram,
): StartedChild<Job, Progress, Result> {
  const child = spawn(program);
  const kill = () => endOf(child);
  const words = listen(child.stderr, kill);
  const messages = messagesOf(child, kill);
  return {
    pid: child.pid,
    isAlive: () => child.exitCode === null && child.signalCode === null,
    end: kill,
    async run(job, listener = {}) {
      words.tell(listener.onStderr);
      messages.tell((progress) => listener.onProgress?.(progress as Progress));
      const letGo = follow(child, listener, kill);
      const memory = watchMemory(child.pid, listener.memoryBytes ?? Infinity, kill);
      tell(child, { type: 'job', job });
      if (listener.softStop?.aborted) tell(child, { type: 'stop' });
      const ended = await child;
      letGo();
      memory.stop();
      const last = messages.last();
      if (listener.signal?.aborted) throw interrupted();
      if (memory.isOver()) throw tooMuchMemory(memory.peakBytes(), listener.memoryBytes ?? 0);
      if (last?.type === 'done') return last.result as Result;
      if (last?.type === 'failed') throw new GraderError(last.failure);
      throw died(
        program.program,
        // The signal was ours then.
        messages.isOver() ? { originalMessage: 'it said too much' } : ended,
        words.last(),
      );
    },
  };
}

const inherited = [
  ...['PATH', 'HOME', 'TMPDIR', 'LANG', 'XDG_CACHE_HOME', 'SystemRoot', 'NODE_COMPILE_CACHE'],
];

function spawn({ program, args = [], environment, confinement }: ChildProgram) {
  const path = fileURLToPath(program);
  const own: Confinement = confinement ?? {
    before: endsWithParent(),
    node: process.execPath,
    nodeFlags: [],
    environment: { ...environmentOf(inherited), ...environment },
    filter: null,
  };
  const { file, words } = commandOf(own, [path, ...args]);
  return execa(file, words, {
    reject: false,
    // stdin, stdout, stderr, messages, filter
    stdio: ['pipe', 'ignore', 'pipe', 'pipe', ...(own.filter ? [own.filter] : [])],
    buffer: false,
    extendEnv: false,
    env: own.environment,
    killSignal: 'SIGKILL',
  });
}

/** A child that loads TensorFlow does not see for seconds that its parent is gone. */
function endsWithParent(): readonly string[] {
  const setpriv = process.platform === 'linux' ? findProgram('setpriv') : null;
  return setpriv === null ? [] : [setpriv, '--pdeathsig', 'KILL', '--'];
}

type Child = ReturnType<typeof spawn>;

function messagesOf(child: Child, kill: () => void) {
  let last: ChildMessage<unknown, unknown> | undefined;
  let isOver = false;
  let onProgress: ((progress: unknown) => void) | undefined;
  const over = () => {
    isOver = true;
    kill();
  };
  const onLine = (line: string) => {
    const message = readChildMessage(line);
    if (message === null) over();
    else if (message.type === 'progress') onProgress?.(message.progress);
    else last ??= message;
  };
  const stream = child.stdio[3] as NodeJS.ReadableStream | null;
  if (stream) readLines(stream, messageLimits, { onLine, onOver: over });
  return {
    last: () => (isOver ? undefined : last),
    isOver: () => isOver,
    tell: (listener: (progress: unknown) => void) => void (onProgress = listener),
  };
}

function tell(child: Child, message: ParentMessage): void {
  // A child that has died is reported from its exit.
  child.stdin.on('error', () => undefined);
  child.stdin.write(writeMessage(message));
}

/** Ends a child with what is around it, and lets go of its pipes whoever else may hold them. */
function endOf(child: Child): void {
  if (child.exitCode === null && child.signalCode === null) killTree(child.pid);
  for (const stream of child.stdio) stream?.destroy();
}

/** Passes the two signals on to the child; answers how to stop that. */
function follow(
  child: Child,
  { signal, softStop }: ChildListener<never>,
  kill: () => void,
): () => void {
  const askForEnd = () => tell(child, { type: 'stop' });
  if (signal?.aborted) kill();
  signal?.addEventListener('abort', kill, { once: true });
  softStop?.addEventListener('abort', askForEnd, { once: true });
  return () => {
    signal?.removeEventListener('abort', kill);
    softStop?.removeEventListener('abort', askForEnd);
  };
}

/** Keeps the lines of a stream until somebody wants them, and the last ones in any case. */
function listen(stream: NodeJS.ReadableStream, kill: () => void) {
  const lines: string[] = [];
  let hear: ((line: string) => void) | undefined;
  const onLine = (line: string) => {
    hear?.(line);
    lines.push(line.slice(0, 500));
    if (lines.length > keptLines) lines.shift();
  };
  readLines(stream, wordLimits, { onLine, onOver: kill });
  return {
    last: () => lines.slice(-5).join('\n').trim(),
    tell(listener: ((line: string) => void) | undefined) {
      for (const line of lines) listener?.(line);
      hear = listener;
    },
  };
}

const keptLines = 50;

function tooMuchMemory(bytes: number, limit: number): GraderError {
  return new GraderError({
    fault: 'limit',
    code: 'memory',
    message: `Memory limit: the work took ${mebibytes(bytes)} MiB; ${mebibytes(limit)} MiB are given to a model of its size.`,
    help: 'Take smaller layers, shorter sequences or a smaller batchSize.',
  });
}

function died(program: URL, ended: Ended, lastWords: string): ProcessDied {
  const how = describeEnding(ended) ?? `${ended.originalMessage}`;
  return new ProcessDied(
    {
      code: 'child-died',
      message: `The process ${nameOf(program)} ended without a result (${how}).`,
      help: `Its last words: ${lastWords || '(none)'}`,
    },
    ended,
  );
}

/** `prepare/child.js`: several programs have the same file name. */
function nameOf(program: URL): string {
  const path = fileURLToPath(program);
  return `${basename(dirname(path))}/${basename(path)}`;
}

interface Ended extends Ending {
  readonly originalMessage?: string | undefined;
}
