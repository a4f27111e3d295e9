import { basename } from 'node:path';
import { builtProgram } from '../process/built-program.ts';
import type { Confinement } from '../process/confinement.ts';
import { startChild } from '../process/start-child.ts';
import {
  describeEnding,
  GraderError,
  ProcessDied,
  candidateError,
  throwIfAborted,
} from '../errors.ts';
import { findNotPlain } from '../recipe/plain.ts';
import { mebibytes } from '../text/bytes.ts';
import { clean } from '../text/show.ts';
import type { Position, Question, RefusalKind } from './answer.ts';
import { readAnswer } from './answer.ts';
import { confine } from './confine.ts';
import { readDiagnosis } from './diagnose/read-diagnosis.ts';
import type { Diagnosis } from './diagnose/source.ts';
import { findIsolation } from './isolation.ts';
import type { RecipeLimits } from './limits.ts';
import { recipeLimits, recipeProcess } from './limits.ts';

// Theory of operation
//
// A recipe module is foreign code. It is run once, to describe a model, by QuickJS compiled to
// WebAssembly: an interpreter that has the language, the authoring library and one function that
// prints, and no object of Node's. TypeScript is stripped in there as well, so no parser outside meets
// the text. The interpreter runs in a Node process of its own, which gets the recipe's text on stdin and
// answers with one JSON document on a pipe that nothing else writes to.
//
// Around that process stands what `confine` finds: on Linux a bubblewrap jail without files, network or
// other processes and with a seccomp filter; else Node's permission model. It is bounded from outside:
// the wall clock (SIGKILL), the kernel's limits, its output; and its memory by the interpreter's own
// maximum. So a recipe that got out of the interpreter would find an empty room.
//
// The document is data from a stranger: `findNotPlain` and `normaliseRecipe` check every value of it,
// and shapes are checked again by the trainer. `runRecipe` is the only door.

interface RecipeSource {
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
  const { documentBytes, printedBytes, memoryBytes } = limits;
  const question = { text: source.text, documentBytes, printedBytes, memoryBytes };
  const ended = await ask({ ...question, task: 'describe' }, limits, signal);
  onPrinted?.(ended.printed);
  return judge(source, limits, ended);
}

/**
 * All mistakes of a recipe that is refused, found in a process of its own; null where they could not be
 * found within the limits.
 */
export async function diagnose(
  text: string,
  task: Exclude<Question['task'], 'describe'>,
  { signal }: Pick<RunOptions, 'signal'> = {},
): Promise<Diagnosis | null> {
  const ended = await ask({ text, task, ...recipeLimits }, recipeLimits, signal);
  return typeof ended.answer === 'string' ? readDiagnosis(ended.answer, text.length) : null;
}

interface Ended {
  /** What the process answered, not to be trusted; or what became of it. */
  readonly answer: unknown;
  readonly failure: unknown;
  readonly printed: string;
  readonly seconds: number;
  readonly exceeded: 'time' | 'memory' | 'printed' | null;
}

/** What holds the process that reads a recipe. */
export async function recipeConfinement({ timeSeconds }: RecipeLimits): Promise<Confinement> {
  return confine(await findIsolation(), {
    packages: ['sucrase', '@babel/parser', 'quickjs-emscripten-core'],
    read: [],
    ...recipeProcess,
    cpuSeconds: timeSeconds + 2,
    wallSeconds: timeSeconds + 2,
  });
}

async function ask(
  question: Question,
  limits: RecipeLimits,
  signal: AbortSignal | undefined,
): Promise<Ended> {
  const confinement = await recipeConfinement(limits);
  const started = performance.now();
  const clock = AbortSignal.timeout(limits.timeSeconds * 1000);
  const printed: string[] = [];
  let hasPrintedTooMuch = false as boolean;
  const ended = await startChild<Question, unknown, unknown>({
    program: builtProgram('sandbox/child'),
    confinement,
  })
    .run(question, {
      signal: signal ? AbortSignal.any([clock, signal]) : clock,
      onStderr: (line) => printed.push(clean(line, 2000)),
      onProgress: () => (hasPrintedTooMuch = true),
    })
    .then(
      (answer) => ({ answer, failure: null }),
      (failure: unknown) => ({ answer: null, failure }),
    );
  throwIfAborted(signal);
  const text = printed.join('\n');
  const isOver = ended.failure !== null && clock.aborted;
  return {
    ...ended,
    printed: text,
    seconds: (performance.now() - started) / 1000,
    exceeded: isOver ? 'time' : hasPrintedTooMuch ? 'printed' : exceeded(ended.failure, text),
  };
}

function exceeded(failure: unknown, printed: string): Ended['exceeded'] {
  if (!(failure instanceof ProcessDied)) return null;
  if (failure.signal === 'SIGXCPU') return 'time';
  return /out of memory|FATAL ERROR: .*heap/i.test(printed) ? 'memory' : null;
}

function judge(source: RecipeSource, limits: RecipeLimits, ended: Ended): RecipeRun {
  const name = clean(basename(source.path), 80);
  if (ended.exceeded) throw limitError(name, limits, { ...ended, exceeded: ended.exceeded });
  const answer = typeof ended.answer === 'string' ? readAnswer(ended.answer) : null;
  if (answer === null) throw died(name, ended);
  if ('document' in answer) {
    // It has said so itself, and may have been made to lie.
    const notPlain = findNotPlain(answer.document);
    if (notPlain !== null) throw refused(name, 'not-a-recipe', notPlain);
    return { document: answer.document, printed: ended.printed };
  }
  const { kind, message, at } = answer.refusal;
  if (kind === 'memory' || kind === 'printed') {
    throw limitError(name, limits, { ...ended, exceeded: kind });
  }
  throw refused(`${name}${placeOf(at)}`, kind, message);
}

type Refused = Exclude<RefusalKind, 'memory' | 'printed'>;

function refused(where: string, kind: Refused, message: string): GraderError {
  return new GraderError({
    fault: kind === 'too-large' ? 'limit' : 'candidate',
    code: codes[kind],
    message: `${where}: ${clean(message, 1500)}`,
    ...(helps[kind] === undefined ? {} : { help: helps[kind] }),
  });
}

function placeOf(at: Position | null): string {
  if (at === null) return '';
  return at.column === null ? `, line ${at.line}` : `, line ${at.line}, column ${at.column}`;
}

const codes: Record<Refused, string> = {
  syntax: 'recipe-syntax',
  import: 'recipe-import',
  async: 'recipe-async',
  'not-a-recipe': 'not-a-recipe',
  threw: 'recipe-threw',
  'too-large': 'recipe-too-large',
};

const helps: Partial<Record<Refused, string>> = {
  import: 'A recipe only describes a model. The data and the training are the grader’s.',
  'not-a-recipe': '`grader start <problem>` writes a recipe to begin with.',
};

function limitError(
  name: string,
  limits: RecipeLimits,
  { exceeded: what, seconds }: Ended & { exceeded: NonNullable<Ended['exceeded']> },
): GraderError {
  const sentences = {
    time: `${name} was stopped after ${seconds.toFixed(1)} s; a recipe may take ${limits.timeSeconds} s to describe its model.`,
    memory: `${name} needs more memory than the ${mebibytes(limits.memoryBytes)} MiB that a recipe may use.`,
    printed: `${name} printed more than ${mebibytes(limits.printedBytes)} MiB.`,
  };
  return new GraderError({ fault: 'limit', code: `recipe-${what}`, message: sentences[what] });
}

function died(name: string, { failure, printed }: Ended): GraderError {
  const help = `Its last words: ${clean(printed.slice(-600), 600) || '(none)'}`;
  const ending = failure instanceof ProcessDied ? failure : { signal: null, exitCode: null };
  if (ending.signal === null && ending.exitCode === 0) {
    const message = `${name} ended the process that reads it before it had described a model.`;
    return candidateError('recipe-no-answer', message, help);
  }
  const { signal, exitCode } = ending;
  const how = { signal: signal ?? undefined, exitCode: exitCode ?? undefined };
  const why =
    describeEnding(how) ?? clean(failure instanceof Error ? failure.message : 'no answer');
  const message = `The process that reads ${name} ended without an answer (${why}).`;
  return new ProcessDied({ code: 'recipe-process-died', message, help }, how);
}
