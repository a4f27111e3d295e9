import { nearest } from '../../recipe/names.ts';

/** What a table of ours has under a name of the file: `constructor` is in no table, but in every object. */
export function lookUp<Value>(
  table: Readonly<Record<string, Value>>,
  name: string,
): Value | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

/** "Nearest: Dense. " for a name that no table has; empty where nothing is like it. */
export function nearestOf(name: string, known: readonly string[]): string {
  const like = nearest(name, known);
  return like === null ? '' : `Nearest: ${like}. `;
}
