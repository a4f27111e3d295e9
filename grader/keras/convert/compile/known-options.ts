import { keyOf, type OptionTable } from '../../../recipe/option.ts';
import { clean, show } from '../../../text/show.ts';
import { aroundConfig, unknownFields, type Fields, type HarmlessKeys } from '../fields.ts';

type Plain = Readonly<Record<string, unknown>>;

interface Saved {
  /** As notes name it. */
  readonly what: string;
  readonly table: OptionTable;
  readonly config: Plain;
  /** Keys that say nothing about a training, or are read elsewhere. */
  readonly others: HarmlessKeys;
}

/** The options of a saved config that a table has; those that it has not are noted. */
export function knownOptions({ what, table, config, others }: Saved, notes: string[]): Plain {
  const known = Object.entries(table).map(([name, option]) => keyOf(name, option));
  noteUnknown({ what, config }, { read: known, harmless: others }, notes);
  return Object.fromEntries(Object.entries(config).filter(([key]) => known.includes(key)));
}

/** The same for what Keras writes around the config of a class. */
export function noteAround(what: string, saved: Plain, notes: string[]): void {
  const read = ['class_name', 'config'];
  noteUnknown({ what, config: saved }, { read, harmless: aroundConfig }, notes);
}

export function noteUnknown(
  { what, config }: Pick<Saved, 'what' | 'config'>,
  fields: Fields,
  notes: string[],
): void {
  for (const [key, value] of unknownFields(config, fields)) {
    notes.push(`${clean(key, 60)} ${show(value)} of the ${what} is not known and left out.`);
  }
}

/** A class without the package that Keras writes before it, `Custom>RMSprop`. */
export function plainClass(name: string): string {
  return name.replace(/^.*>/, '');
}
