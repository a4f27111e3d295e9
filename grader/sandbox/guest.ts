import * as grader from '../index.ts';
import { guarded } from '../recipe/describe/authoring.ts';
import { findNotPlain } from '../recipe/plain.ts';
import { show } from '../text/show.ts';
import type { Answer, RefusalKind } from './answer.ts';

// This module runs inside of the interpreter, in the same realm as the recipe: what it answers is the
// recipe's word, and nothing here is a border.

// The intrinsics as they are before a recipe can replace them.
const stringify = JSON.stringify.bind(JSON);
const encodedLength = (text: string) => {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
};

type RecipeModule = (exports: object, required: unknown, module: object) => void;

/** Chance and time stand still: the same recipe describes the same model. `print` takes one line. */
export function prepareRealm(print: (line: string) => void): void {
  let state = 0;
  // Mulberry32.
  Math.random = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const now = Date.UTC(2024, 0, 1);
  globalThis.Date = new Proxy(Date, {
    apply: (target) => new target(now).toString(),
    construct: (target, given: unknown[]) =>
      Reflect.construct(target, given.length > 0 ? given : [now]) as Date,
    get: (target, name) => (name === 'now' ? () => now : (Reflect.get(target, name) as unknown)),
  });
  const log = (...given: unknown[]) => print(given.map(printed).join(' '));
  globalThis.console = new Proxy({} as Console, { get: () => log });
}

function printed(value: unknown): string {
  if (typeof value === 'string') return value;
  try {
    return typeof value === 'object' ? stringify(value) : show(value);
  } catch {
    // A cycle, or a value that does not want to be text.
    return show(value);
  }
}

/** Runs a compiled recipe and answers as JSON text. */
export function describe(run: RecipeModule, documentBytes: number): string {
  const module = { exports: {} as Record<string, unknown> };
  const imports = { refused: false };
  const required = (name: unknown): unknown => {
    if (name === 'grader') return guarded('grader', { ...grader });
    imports.refused = true;
    throw new Error(`A recipe may import only "grader"; it asked for ${show(name)}.`);
  };
  try {
    run(module.exports, required, module);
  } catch (error) {
    return failed(imports.refused ? 'import' : 'threw', error);
  }
  try {
    return readExport(module.exports['default'], documentBytes);
  } catch (error) {
    return failed('threw', error);
  }
}

/** The answer for what was thrown, whose properties may be getters that throw. */
export function failed(kind: RefusalKind, error: unknown): string {
  const { name, message, stack } = readError(error);
  const isMemory = message === 'out of memory';
  return refuse(isMemory ? 'memory' : kind, phrase(name, message), stack);
}

function readExport(exported: unknown, documentBytes: number): string {
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
  const text = stringify({ document: exported } satisfies Answer);
  const bytes = encodedLength(text);
  return bytes <= documentBytes
    ? text
    : refuse(
        'too-large',
        `The recipe is ${bytes} bytes as JSON; at most ${documentBytes} are taken.`,
      );
}

function isThenable(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'then' in value;
}

function isRecipe(value: unknown): value is object {
  return typeof value === 'object' && value !== null && 'format' in value;
}

/** The place is found outside, in the stack. */
function refuse(kind: RefusalKind, message: string, stack = ''): string {
  return stringify({ refusal: { kind, message, stack } });
}

/** What was thrown, whose properties may be getters that throw. */
export function readError(error: unknown): { name: string; message: string; stack: string } {
  try {
    if (typeof error === 'object' && error !== null && 'message' in error) {
      const { name, message, stack } = error as Record<string, unknown>;
      return { name: String(name), message: String(message), stack: String(stack) };
    }
    // What cannot be allocated comes as null.
    if (error === null) return { name: 'InternalError', message: 'out of memory', stack: '' };
    return { name: 'Error', message: `The recipe threw ${show(error)}.`, stack: '' };
  } catch {
    return { name: 'Error', message: 'The recipe threw something that cannot be read.', stack: '' };
  }
}

/** A thrown error as a sentence. */
export function phrase(name: string, message: string): string {
  if (name === 'InternalError' && message === 'stack overflow') {
    return 'The recipe calls itself, or is nested, too deeply.';
  }
  return name === 'Error' || name === 'SyntaxError' ? message : `${name}: ${message}`;
}
