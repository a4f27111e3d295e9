import { keyOf, readOptions, type OptionTable, type StoredOptions } from './option.ts';

/**
 * What a document holds for a table's options, by their names and in the table's order, with Keras's
 * default for what is left out; what the table does not know is left out. Throws where an option that
 * must be there is not.
 */
export function storedOptions<Table extends OptionTable>(
  table: Table,
  config: Readonly<Record<string, unknown>>,
): StoredOptions<Table> {
  const read = { ...config };
  readOptions(table, read);
  const entries = Object.entries(table).map(([name, option]) => {
    const key = keyOf(name, option);
    const value = read[key] === undefined ? option.schema['default'] : read[key];
    if (value === undefined && option.required) throw new Error(`${key} is missing`);
    return [name, value] as const;
  });
  return Object.fromEntries(
    entries.filter(([, value]) => value !== undefined),
  ) as StoredOptions<Table>;
}
