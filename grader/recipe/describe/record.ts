import { nearest } from '../names.ts';
import type { OptionTable } from '../option.ts';
import { keyOf } from '../option.ts';
import { isObject } from '../keras-class.ts';
import { show } from '../../text/show.ts';
import { Layer } from './layer.ts';

/**
 * The options a recipe gave, under their document keys. Throws an Error that names the call, the
 * option, the nearest known one and all of them; values are judged later, with the whole document.
 */
export function recordOptions(
  call: string,
  table: OptionTable,
  given: unknown = {},
): Record<string, unknown> {
  if (given instanceof Layer && 'layer' in table) {
    throw new Error(`${call} takes { layer: layers.lstm({…}) }, got the layer alone.`);
  }
  if (!isObject(given)) throw new Error(`${call} takes an object of options, got ${show(given)}.`);
  const config: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(given)) {
    if (value !== undefined) config[findKey(call, table, name)] = value;
  }
  for (const [name, option] of Object.entries(table)) {
    if (option.required && !(keyOf(name, option) in config)) {
      throw new Error(`${call} needs the option "${name}".`);
    }
  }
  return config;
}

function findKey(call: string, table: OptionTable, name: string): string {
  const own = Object.entries(table).filter(([, { isOfFiles }]) => !isOfFiles);
  const names = own.map(([known]) => known);
  const option = names.includes(name) ? table[name] : undefined;
  if (option) return keyOf(name, option);
  const other = Object.entries(table).find(([, { also = [] }]) =>
    also.some((key) => key.replaceAll('_', '') === name.toLowerCase()),
  );
  if (other) return keyOf(...other);
  const like = nearest(name, names);
  const hint = like === null ? '' : ` Nearest: "${like}".`;
  throw new Error(
    `${call} has no option ${show(name)}.${hint} Its options: ${names.join(', ') || 'none'}.`,
  );
}
