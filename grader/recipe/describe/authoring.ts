import type { KerasObject } from '../../contract.ts';
import type { Authoring, ClassTable } from '../keras-class.ts';
import { nearest, sameName } from '../names.ts';
import type { OptionTable } from '../option.ts';
import { show } from '../../text/show.ts';
import { derived, mistaken, unknown } from './mistakes.ts';
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
    (given: unknown, ...more: readonly unknown[]) => {
      const config = recordOptions(`${of}.${call}`, options, given);
      takesOne(`${of}.${call}`, more);
      return make(className, config);
    },
  ]);
  return guarded(of, Object.fromEntries(functions) as Authoring<Table, Made>);
}

/** Refuses what stands behind the one object that a function takes. */
export function takesOne(call: string, more: readonly unknown[]): void {
  if (more.length === 0) return;
  const message = `${call} takes one object with all its options, got ${show(more[0])} beside it.`;
  mistaken(message, { argument: 1 });
}

/** A `KerasObject` as it stands in the document. */
export function kerasObject(className: string, config: Record<string, unknown>): KerasObject {
  const made = { class_name: className, config };
  derived(made, config);
  return made;
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

/** A list of names longer than this is not read by anybody who has the nearest. */
const many = 30;

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
      const all = like === null || names.length <= many ? ` There are: ${names.join(', ')}.` : '';
      mistaken(`There is no ${of}.${name}.${hint}${all}`, { called: name });
      return like === null ? unknown : (Reflect.get(target, like, receiver) as unknown);
    },
  });
}
