/** Which part of a recipe is mistaken: a member of an object it wrote, or a part of the call in progress. */
export type Part =
  | { readonly of: unknown; readonly key: string | number; readonly on: 'key' | 'value' }
  | { readonly argument: number }
  | { readonly called: string }
  | null;

/** Who is told of every mistake while a recipe is diagnosed. */
export interface Listener {
  mistaken(message: string, part: Part): void;
  /** An object that holds what another one gave; `keys` leads from its keys to those of the other. */
  derived(made: object, from: object, keys?: ReadonlyMap<string, string>): void;
}

let listener: Listener | null = null;

/** From now on mistakes are told and reading goes on; before, the first one ends it. */
export function listen(to: Listener): void {
  listener = to;
}

/** A mistake after which a call cannot give what it should. */
export class RecipeError extends Error {
  readonly part: Part;

  constructor(message: string, part: Part = null) {
    super(message);
    this.part = part;
  }
}

/** Tells a mistake after which reading can go on; throws it where nobody listens. */
export function mistaken(message: string, part: Part): void {
  if (!listener) throw new RecipeError(message, part);
  listener.mistaken(message, part);
}

/** Whether reading goes on after mistakes. */
export function isListening(): boolean {
  return listener !== null;
}

export function derived(made: object, from: unknown, keys?: ReadonlyMap<string, string>): void {
  if (typeof from === 'object' && from !== null) listener?.derived(made, from, keys);
}

/** Does some work; a mistake that ends it is told, and reading goes on without its result. */
export function attempt<Result>(work: () => Result, part: Part = null): Result | undefined {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof RecipeError)) throw error;
    if (error.message === '') return undefined;
    mistaken(error.message, error.part ?? part);
    return undefined;
  }
}

/** Stands for what a mistaken call should have given: anything may be asked of it. */
export const unknown: unknown = new Proxy(() => unknown, {
  get: (_, name) =>
    name === Symbol.toPrimitive ? () => 'unknown' : name === 'then' ? undefined : unknown,
  apply: () => unknown,
  construct: () => unknown as object,
});

/** Whether a value is unknown, or a list with such a value. */
export function isUnknown(value: unknown): boolean {
  return value === unknown || (Array.isArray(value) && value.includes(unknown));
}

/** Ends the call in progress: with a word, or without one where a mistake before it is to blame. */
export function refuse(message: string, value: unknown, part: Part = null): never {
  throw new RecipeError(isUnknown(value) ? '' : message, part);
}
