import { keyOf, type OptionTable } from '../../../recipe/option.ts';
import { show } from '../../../text/show.ts';

type Plain = Readonly<Record<string, unknown>>;

interface Saved {
  /** As notes name it. */
  readonly what: string;
  readonly table: OptionTable;
  readonly config: Plain;
  /** Keys that say nothing about a training, or are read elsewhere. */
  readonly others: readonly string[];
}

/** The options of a saved config that a table has; those that it has not are noted. */
export function knownOptions({ what, table, config, others }: Saved, notes: string[]): Plain {
  const known = Object.entries(table).map(([name, option]) => keyOf(name, option));
  const given = Object.entries(config).filter(([, value]) => value !== null);
  for (const [key, value] of given) {
    if (known.includes(key) || others.includes(key)) continue;
    notes.push(`${key} ${show(value)} of the ${what} is not known and left out.`);
  }
  return Object.fromEntries(given.filter(([key]) => known.includes(key)));
}

/** A class without the package that Keras writes before it, `Custom>RMSprop`. */
export function plainClass(name: string): string {
  return name.replace(/^.*>/, '');
}
