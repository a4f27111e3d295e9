import { clean, show } from '../text/show.ts';

const maxDepth = 64;
const maxValues = 200_000;
const forbidden = new Set(['__proto__', 'constructor', 'prototype']);

interface Place {
  readonly value: unknown;
  readonly path: string;
  readonly depth: number;
}

/**
 * What keeps a value from being plain JSON, or null: another kind of value, a number that is not
 * finite, a key that reaches prototypes, or a structure too deep or too large. Getters are not run.
 */
export function findNotPlain(document: unknown, what = 'The recipe'): string | null {
  const open: Place[] = [{ value: document, path: '', depth: 0 }];
  for (let seen = 1; ; seen++) {
    const place = open.pop();
    if (place === undefined) return null;
    if (seen > maxValues) return `${what} holds more than ${maxValues} values.`;
    const problem = problemAt(place, what);
    if (problem !== null) return problem;
    if (typeof place.value === 'object' && place.value !== null) {
      // Not a spread: a list of a million values must not become a million arguments.
      for (const child of childrenOf(place.value, place)) open.push(child);
    }
  }
}

function problemAt({ value, path, depth }: Place, what: string): string | null {
  const at = clean(path || what, 120);
  if (depth > maxDepth) return `${at} is nested more than ${maxDepth} deep (a loop, or no model).`;
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return null;
  if (typeof value === 'number') {
    return Number.isFinite(value) ? null : `${at} must be a finite number, got ${value}.`;
  }
  if (typeof value !== 'object') return `${at} must be plain data, got ${show(value)}.`;
  const isPlain = Array.isArray(value) || hasPlainPrototype(value);
  if (!isPlain) return `${at} must be plain data, got an object of a class.`;
  const key = Object.getOwnPropertyNames(value).find((name) => forbidden.has(name));
  if (key !== undefined) return `${at} must not have the key "${key}".`;
  const descriptors = Object.values(Object.getOwnPropertyDescriptors(value));
  if (descriptors.some(({ get }) => get !== undefined)) return `${at} must not have getters.`;
  return null;
}

/** Objects from another realm count: their prototype is the root of its chain. */
function hasPlainPrototype(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function childrenOf(value: object, { path, depth }: Place): readonly Place[] {
  return Object.entries(value)
    .filter(([, child]) => child !== undefined)
    .map(([key, child]) => ({ value: child as unknown, path: `${path}/${key}`, depth: depth + 1 }));
}
