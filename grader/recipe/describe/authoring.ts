import type { KerasObject } from '../../contract.ts';
import type { Authoring, ClassTable } from '../keras-class.ts';
import { nearest, sameName } from '../names.ts';
import type { OptionTable } from '../option.ts';
import { recordOptions } from './record.ts';

type Make<Made> = (className: string, config: Record<string, unknown>) => Made;

/** One authoring function for each class of a table; `of` is the name candidates import. */
export function authoring<Table extends ClassTable, Made>(
  of: string,
  table: Table,
  make: Make<Made>,
): Authoring<Table, Made> {
  const functions = Object.entries(table).map(([className, { call, options }]) => [
    call,
    (given: unknown) => make(className, recordOptions(`${of}.${call}`, options, given)),
  ]);
  return guarded(of, Object.fromEntries(functions) as Authoring<Table, Made>);
}

/** A `KerasObject` as it stands in the document. */
export function kerasObject(className: string, config: Record<string, unknown>): KerasObject {
  return { class_name: className, config };
}

/** The first option may be given alone, `train.adam(0.001)`. */
export function shorthand(table: OptionTable, given: unknown): unknown {
  const first = Object.keys(table)[0];
  return typeof given === 'object' || given === undefined || first === undefined
    ? given
    : { [first]: given };
}

/** Names that promises, JSON and compiled imports look up by themselves. */
const askedByLanguage = new Set(['then', 'toJSON', '__esModule', 'default']);

/** The same object, which answers a name it lacks with the names it has. */
export function guarded<Functions extends object>(of: string, functions: Functions): Functions {
  const names = Object.keys(functions);
  return new Proxy(Object.freeze(functions), {
    get(target, name, receiver) {
      if (typeof name === 'symbol' || name in target || askedByLanguage.has(name)) {
        return Reflect.get(target, name, receiver) as unknown;
      }
      const like = names.find((known) => sameName(known, name)) ?? nearest(name, names);
      const hint = like === null ? '' : ` Nearest: ${of}.${like}.`;
      throw new Error(`There is no ${of}.${name}.${hint} There are: ${names.join(', ')}.`);
    },
  });
}
