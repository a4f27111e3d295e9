import { transform } from 'sucrase';
import { compileFunction, runInNewContext } from 'node:vm';
import * as grader from '../index.ts';
import { guarded } from '../recipe/describe/authoring.ts';
import { findNotPlain } from '../recipe/plain.ts';
import { show } from '../recipe/show.ts';
import type { Answer, Question, RefusalKind } from './answer.ts';

const fileName = 'recipe.ts';
// The intrinsics as they are before a recipe can replace them.
const jsonBytes = (
  (stringify, byteLength) => (value: object) =>
    byteLength(stringify(value))
)(JSON.stringify.bind(JSON), Buffer.byteLength.bind(Buffer));

/**
 * Runs a recipe's text in this process and gives its document or the reason why there is none. To be
 * called once, in a process that is then thrown away: it takes globals away and runs foreign code.
 */
export function evaluateRecipe({ text, documentBytes }: Question): Answer {
  const compiled = attempt('syntax', () => compile(text));
  if ('refusal' in compiled) return compiled;
  makeReproducible();
  removeGlobals();
  const module = { exports: {} as Record<string, unknown> };
  const imports = { refused: false };
  const required = (name: unknown): unknown => {
    if (name === 'grader') return guarded('grader', { ...grader });
    imports.refused = true;
    throw new Error(`A recipe may import only "grader"; it asked for ${show(name)}.`);
  };
  const ran = attempt('threw', () => compiled.value(module.exports, required, module));
  if ('refusal' in ran) {
    return imports.refused ? { refusal: { ...ran.refusal, kind: 'import' } } : ran;
  }
  const read = attempt('threw', () => readExport(module.exports['default'], documentBytes));
  return 'refusal' in read ? read : read.value;
}

type RecipeModule = (exports: object, required: unknown, module: object) => void;

function compile(text: string): RecipeModule {
  const { code } = transform(text, {
    transforms: ['typescript', 'imports'],
    filePath: fileName,
    disableESTransforms: true,
    production: true,
  });
  try {
    return compileFunction(code, ['exports', 'require', 'module'], {
      filename: fileName,
    }) as RecipeModule;
  } catch (cause) {
    throw compilesAsAsync(code) ? new AwaitError(lineOf(readError(cause).stack, '')) : cause;
  }
}

/** V8 has several words for a misplaced `await`; what is right in an async function has just that. */
function compilesAsAsync(code: string): boolean {
  try {
    compileFunction(`return async () => {${code}\n}`);
    return true;
  } catch {
    // Wrong in another way, which the first error says.
    return false;
  }
}

class AwaitError extends Error {
  readonly line: number | null;

  constructor(line: number | null) {
    super('A recipe is read in one go, without await.');
    this.line = line;
  }
}

function readExport(exported: unknown, documentBytes: number): Answer {
  if (isThenable(exported)) {
    return refuse('async', 'The recipe exports a promise; it is read in one go, without await.');
  }
  if (!isRecipe(exported)) {
    const came = exported === undefined ? 'no default export' : show(exported);
    return refuse(
      'not-a-recipe',
      `The recipe must \`export default defineRecipe({…})\`, got ${came}.`,
    );
  }
  const notPlain = findNotPlain(exported);
  if (notPlain !== null) return refuse('not-a-recipe', notPlain);
  const bytes = jsonBytes(exported);
  if (bytes > documentBytes) {
    return refuse(
      'too-large',
      `The recipe is ${bytes} bytes as JSON; at most ${documentBytes} are taken.`,
    );
  }
  return { document: exported };
}

function isThenable(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'then' in value;
}

function isRecipe(value: unknown): value is object {
  return typeof value === 'object' && value !== null && 'format' in value;
}

function refuse(kind: RefusalKind, message: string): Answer & { refusal: object } {
  return { refusal: { kind, message, line: null } };
}

type Attempt<T> = { readonly value: T } | Extract<Answer, { refusal: object }>;

function attempt<T>(kind: RefusalKind, work: () => T): Attempt<T> {
  try {
    return { value: work() };
  } catch (error) {
    if (error instanceof AwaitError) {
      return { refusal: { kind: 'async', message: error.message, line: error.line } };
    }
    const { name, message, stack } = readError(error);
    return { refusal: { kind, message: phrase(name, message), line: lineOf(stack, message) } };
  }
}

/** Whatever was thrown, whose properties may be getters that throw. */
function readError(error: unknown): { name: string; message: string; stack: string } {
  try {
    if (typeof error === 'object' && error !== null && 'message' in error) {
      const { name, message, stack } = error as Record<string, unknown>;
      return { name: String(name), message: String(message), stack: String(stack) };
    }
    return { name: 'Error', message: `The recipe threw ${show(error)}.`, stack: '' };
  } catch {
    return { name: 'Error', message: 'The recipe threw something that cannot be read.', stack: '' };
  }
}

function phrase(name: string, message: string): string {
  const said = message.replace(`Error transforming ${fileName}: `, '').replace(/ \(\d+:\d+\)$/, '');
  return name === 'Error' || name === 'SyntaxError' ? said : `${name}: ${said}`;
}

function lineOf(stack: string, message: string): number | null {
  const found = /recipe\.ts:(\d+)/.exec(stack) ?? /\((\d+):\d+\)$/.exec(message);
  return found ? Number(found[1]) : null;
}

/** The same recipe describes the same model: chance and time stand still. */
function makeReproducible(): void {
  let state = 0;
  // Mulberry32.
  Math.random = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const now = Date.UTC(2024, 0, 1);
  const RealDate = Date;
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, given: unknown[]) =>
      Reflect.construct(target, given.length > 0 ? given : [now]) as Date,
    get: (target, name) => (name === 'now' ? () => now : (Reflect.get(target, name) as unknown)),
  });
}

const kept = new Set(['console', 'globalThis', 'Date']);

/** Leaves a recipe the language and `console`, not Node. */
function removeGlobals(): void {
  // A new context has the language's globals and nothing of Node's.
  const ofLanguage = new Set(
    runInNewContext('Object.getOwnPropertyNames(globalThis)') as readonly string[],
  );
  for (const name of Object.getOwnPropertyNames(globalThis)) {
    if (!ofLanguage.has(name) && !kept.has(name)) Reflect.deleteProperty(globalThis, name);
  }
}
