import type { Result } from 'execa';
import { execa } from 'execa';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { builtProgram } from '../built.ts';
import { GraderError } from '../errors.ts';
import { clean } from '../recipe/show.ts';
import type { Question, RefusalKind } from './answer.ts';
import { readAnswer } from './answer.ts';
import type { RecipeLimits } from './limits.ts';
import { recipeLimits } from './limits.ts';
import { watchMemory } from './memory.ts';
import { nodeFlags } from './node-flags.ts';

// Theory of operation
//
// A recipe module is foreign code. It is run once, to describe a model, in a Node process of its own
// that gets the recipe's text on stdin and answers with one JSON document on a pipe that nothing else
// writes to. TypeScript is stripped there as well, so no parser in this process meets the text. The
// document is data from a stranger: `normaliseRecipe` checks every value of it, and shapes are
// checked again by the trainer. `runRecipe` is the only door; what stands behind it can be replaced.
//
// This holds: an endless loop (wall clock, SIGKILL), memory (heap limit, resident size sampled every
// 100 ms), output (capped pipes), a crash, the grader's environment variables (the child has none),
// files written by accident (Node's permission model, where this Node has it, allows reading this
// program and nothing else), imports other than `grader`, and chance and time, which are fixed.
//
// This does not hold against an attacker. The recipe shares a JavaScript realm with the program that
// reads it, and Node's globals are removed, not walled off; whoever finds a way back to them can use
// the network, send signals to processes of the same user, and make more memory than the limit
// between two samples. Node's own documentation says that its permission model does not protect
// against malicious code. Recipes of people you do not know belong on a machine with nothing to lose
// until an interpreter in a jail replaces this child.

export interface RecipeSource {
  readonly path: string;
  readonly text: string;
}

export interface RecipeRun {
  /** Plain data from the candidate; not validated. */
  readonly document: unknown;
  /** What the recipe printed, for the log. */
  readonly printed: string;
}

export interface RunOptions {
  readonly limits?: Partial<RecipeLimits>;
  readonly signal?: AbortSignal | undefined;
  /** Told what the recipe printed, also where it is refused. */
  readonly onPrinted?: (text: string) => void;
}

/**
 * Evaluates a recipe module in a process of its own. Throws a `GraderError`: `candidate` for what the
 * recipe does wrong, `limit` with what was measured, `machine` where the process died on its own.
 */
export async function runRecipe(
  source: RecipeSource,
  { limits: changed = {}, signal, onPrinted }: RunOptions = {},
): Promise<RecipeRun> {
  const limits = { ...recipeLimits, ...changed };
  const directory = await mkdtemp(join(tmpdir(), 'grader-recipe-'));
  try {
    const question: Question = { text: source.text, documentBytes: limits.documentBytes };
    const ended = await runChild(question, { limits, directory, signal });
    onPrinted?.(ended.printed);
    return judge(source, limits, ended);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

interface Ended {
  readonly answer: string;
  readonly printed: string;
  readonly howItEnded: string;
  readonly seconds: number;
  readonly exceeded: 'time' | 'memory' | 'heap' | 'printed' | null;
  readonly memoryBytes: number;
  readonly interrupted: boolean;
}

async function runChild(
  question: Question,
  setting: { limits: RecipeLimits; directory: string; signal: AbortSignal | undefined },
): Promise<Ended> {
  const { limits, directory, signal } = setting;
  const child = execa(
    process.execPath,
    [...nodeFlags(limits), fileURLToPath(builtProgram('sandbox/child'))],
    {
      input: JSON.stringify(question),
      stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
      all: true,
      reject: false,
      cwd: directory,
      env: {},
      extendEnv: false,
      timeout: limits.timeSeconds * 1000,
      killSignal: 'SIGKILL',
      // Room beyond the limits, which are enforced by the child and by the watch on its output.
      maxBuffer: {
        all: limits.printedBytes * 4,
        stdout: limits.printedBytes * 4,
        stderr: limits.printedBytes * 4,
        fd3: limits.documentBytes * 2,
      },
      ...(signal ? { cancelSignal: signal } : {}),
    },
  );
  const kill = () => child.kill('SIGKILL');
  const memory = watchMemory(child.pid, limits.memoryBytes, kill);
  const output = watchOutput(child.all, limits.printedBytes, kill);
  const result = await child;
  memory.stop();
  const printed = readable(result.all);
  return {
    answer: result.stdio[3],
    printed,
    howItEnded: result.signal ? `signal ${result.signal}` : `exit code ${result.exitCode}`,
    seconds: result.durationMs / 1000,
    exceeded: memory.isOver() ? 'memory' : output.isOver() ? 'printed' : exceeded(result, printed),
    memoryBytes: memory.peakBytes(),
    interrupted: result.isCanceled,
  };
}

function exceeded(
  { timedOut, isMaxBuffer, exitCode }: Pick<Result, 'timedOut' | 'isMaxBuffer' | 'exitCode'>,
  printed: string,
): Ended['exceeded'] {
  if (timedOut) return 'time';
  if (isMaxBuffer) return 'printed';
  return exitCode !== 0 && /^FATAL ERROR: .*heap/im.test(printed) ? 'heap' : null;
}

function watchOutput(output: NodeJS.ReadableStream, limitBytes: number, onOver: () => unknown) {
  let bytes = 0;
  output.on('data', (chunk: Uint8Array | string) => {
    bytes += chunk.length;
    if (bytes > limitBytes) onOver();
  });
  return { isOver: () => bytes > limitBytes };
}

function judge(source: RecipeSource, limits: RecipeLimits, ended: Ended): RecipeRun {
  if (ended.interrupted) {
    throw new GraderError({ fault: 'interrupted', code: 'interrupted', message: 'Interrupted.' });
  }
  const name = clean(basename(source.path), 80);
  if (ended.exceeded) throw limitError(name, limits, { ...ended, exceeded: ended.exceeded });
  const answer = readAnswer(ended.answer);
  if (answer === null) throw died(name, ended);
  if ('document' in answer) return { document: answer.document, printed: ended.printed };
  const { kind, message, line } = answer.refusal;
  const where = line === null ? name : `${name}, line ${line}`;
  throw new GraderError({
    fault: kind === 'too-large' ? 'limit' : 'candidate',
    code: codes[kind],
    message: `${where}: ${clean(message, 1500)}`,
    ...(helps[kind] === undefined ? {} : { help: helps[kind] }),
  });
}

const codes: Record<RefusalKind, string> = {
  syntax: 'recipe-syntax',
  import: 'recipe-import',
  async: 'recipe-async',
  'not-a-recipe': 'not-a-recipe',
  threw: 'recipe-threw',
  'too-large': 'recipe-too-large',
};

const helps: Partial<Record<RefusalKind, string>> = {
  import: 'A recipe only describes a model. The data and the training are the grader’s.',
  'not-a-recipe': '`grader start <problem>` writes a recipe to begin with.',
};

function limitError(
  name: string,
  limits: RecipeLimits,
  { exceeded: what, seconds, memoryBytes }: Ended & { exceeded: NonNullable<Ended['exceeded']> },
): GraderError {
  const sentences = {
    time: `${name} was stopped after ${seconds.toFixed(1)} s; a recipe may take ${limits.timeSeconds} s to describe its model.`,
    memory: `${name} used ${mebibytes(memoryBytes)} MiB of memory; a recipe may use ${mebibytes(limits.memoryBytes)} MiB.`,
    heap: `${name} filled the JavaScript heap; a recipe may use ${mebibytes(limits.heapBytes)} MiB of it.`,
    printed: `${name} printed more than ${mebibytes(limits.printedBytes)} MiB.`,
  };
  return new GraderError({ fault: 'limit', code: `recipe-${what}`, message: sentences[what] });
}

function died(name: string, { howItEnded, printed }: Ended): GraderError {
  return new GraderError({
    fault: 'machine',
    code: 'recipe-process-died',
    message: `The process that reads ${name} ended without an answer (${howItEnded}).`,
    help: `Its last words: ${clean(printed.slice(-600), 600) || '(none)'}`,
  });
}

function mebibytes(bytes: number): string {
  return (bytes / 1024 / 1024).toFixed(0);
}

/** Foreign text for a log: lines stay, what could move a cursor or hide text goes. */
function readable(text: string): string {
  return text
    .split('\n')
    .map((line) => clean(line, 2000))
    .join('\n');
}
