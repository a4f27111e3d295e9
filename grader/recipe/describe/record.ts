import { isSlip, nearest } from '../names.ts';
import type { OptionTable } from '../option.ts';
import { keyOf } from '../option.ts';
import { isObject } from '../keras-class.ts';
import { show } from '../../text/show.ts';
import { Layer } from './layer.ts';
import { derived, isListening, isUnknown, mistaken, refuse } from './mistakes.ts';

/**
 * The options a recipe gave, under their document keys. Refuses with the call, the option, the nearest
 * known one and all of them; values are judged later, with the whole document.
 */
export function recordOptions(
  call: string,
  table: OptionTable,
  given: unknown = {},
): Record<string, unknown> {
  if (given instanceof Layer && 'layer' in table) {
    refuse(`${call} takes { layer: layers.lstm({…}) }, got the layer alone.`, given, argument);
  }
  if (!isObject(given)) {
    const message = `${call} takes an object of options, got ${show(given)}.`;
    refuse(`${message}${writeInstead(call, table, given)}`, given, argument);
  }
  const config: Record<string, unknown> = {};
  const keys = new Map<string, string>();
  const unknown = new Set<string>();
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined) continue;
    const key = findKey(call, table, { of: given, key: name });
    if (key === null || key in config) continue;
    if (isUnknown(value)) unknown.add(key);
    else config[key] = value;
    keys.set(key, name);
  }
  for (const [name, option] of Object.entries(table)) {
    const key = keyOf(name, option);
    if (option.required && !(key in config) && !unknown.has(key)) {
      mistaken(`${call} needs the option "${name}".`, { called: call });
    }
  }
  derived(config, given, keys);
  return config;
}

const argument = { argument: 0 };

/** `layers.dense(64)` as it is meant. */
function writeInstead(call: string, table: OptionTable, given: unknown): string {
  const [name] = Object.entries(table).find(([, option]) => option.required) ?? [];
  const isWord = ['string', 'number', 'boolean'].includes(typeof given);
  if (name === undefined || !isWord || !call.includes('.')) return '';
  return ` Write ${call}({ ${name}: ${typeof given === 'string' ? `'${given.slice(0, 60)}'` : show(given)} }).`;
}

/** The document's key for an option; null for one that is not there. */
function findKey(
  call: string,
  table: OptionTable,
  { of, key: name }: { readonly of: unknown; readonly key: string },
): string | null {
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
  const message = `${call} has no option ${show(name)}.${hint} Its options: ${names.join(', ') || 'none'}.`;
  mistaken(message, { of, key: name, on: 'key' });
  const meant = like === null ? undefined : table[like];
  // Its value is looked at as well.
  const isMeant = like !== null && isSlip(like, name);
  return isListening() && isMeant && meant ? keyOf(like, meant) : null;
}
