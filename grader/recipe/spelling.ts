import type { KerasObject } from '../contract.ts';
import { callbackTable } from './callbacks.ts';
import { initializerTable } from './initializers.ts';
import { type ClassTable, isKerasObject, isObject } from './keras-class.ts';
import { layerTable } from './layers.ts';
import { cellTable } from './layers/cells.ts';
import { modelClassNames } from './layers/wrapped.ts';
import { lossTable } from './losses.ts';
import { layerName } from './names.ts';
import { keyOf, type OptionTable } from './option.ts';
import { optimizerTable, scheduleTable } from './optimizers.ts';
import { regularizerTable } from './regularizers.ts';

/** A part of a recipe as a candidate writes it. */
export interface Spelled {
  /** "layers.dense". */
  readonly call: string;
  /** Texts of its options, of those too that have their defaults. */
  readonly options: ReadonlyMap<string, string>;
  /** The names of those that differ from their defaults. */
  readonly written: ReadonlySet<string>;
}

/** What candidates import, and the classes in each. */
const families: readonly (readonly [name: string, table: ClassTable])[] = [
  ['layers', layerTable],
  ['layers', cellTable],
  ['train', { ...optimizerTable, ...scheduleTable }],
  ['losses', lossTable],
  ['callbacks', callbackTable],
  ['initializers', initializerTable],
  ['regularizers', regularizerTable],
];

/** An object of a document; `key` is where it stands, since a layer and an initializer share a name. */
export function spelled(object: KerasObject, key = ''): Spelled {
  const { class_name: className, config } = object;
  if (modelClassNames.includes(className)) return spelledModel(object);
  const known = families.filter(([, table]) => Object.hasOwn(table, className));
  const isInitializer = key.endsWith('initializer');
  const [family, table] =
    known.find(([name]) => (name === 'initializers') === isInitializer) ?? known[0] ?? [];
  const found = table?.[className];
  if (family === undefined || !found) {
    const options = Object.entries(config).map(([name, value]) => [name, literal(value)] as const);
    return { call: className, options: new Map(options), written: new Set(Object.keys(config)) };
  }
  return { call: `${family}.${found.call}`, ...spelledOptions(found.options, config, className) };
}

/** "layers.dense({ units: 64, activation: 'relu' })"; defaults are left out. */
export function spell(object: KerasObject, key = ''): string {
  const { call, options, written } = spelled(object, key);
  const given = [...options]
    .filter(([name]) => written.has(name))
    .map(([name, text]) => `${name}: ${text}`);
  return given.length === 0 ? `${call}()` : `${call}({ ${given.join(', ')} })`;
}

/** The options of a table that stand in a document. */
export function spelledOptions(
  table: OptionTable,
  config: object,
  className = '',
): Omit<Spelled, 'call'> {
  const options = new Map<string, string>();
  const written = new Set<string>();
  const given = new Map<string, unknown>(Object.entries(config));
  for (const [name, option] of Object.entries(table)) {
    const key = keyOf(name, option);
    const value = given.get(key);
    if (value === undefined || (name === 'name' && isOwnName(value, className))) continue;
    const [shown, text] = asWritten(name, value, key);
    options.set(shown, text);
    const byDefault = option.schema['default'];
    if (byDefault === undefined || literal(byDefault, key) !== text) written.add(shown);
  }
  return { options, written };
}

/** `batchInputShape: [null, 28, 28]` is what becomes of `inputShape: [28, 28]`. */
function asWritten(name: string, value: unknown, key: string): readonly [string, string] {
  if (name === 'batchInputShape' && Array.isArray(value) && value[0] === null) {
    return ['inputShape', literal(value.slice(1))];
  }
  return [name, literal(value, key)];
}

/** `dense_2`, which the grader has given. */
function isOwnName(value: unknown, className: string): boolean {
  return typeof value === 'string' && value.replace(/_\d+$/, '') === layerName(className);
}

function spelledModel({ class_name, config }: KerasObject): Spelled {
  const call = class_name === 'Sequential' ? 'sequential' : 'model';
  return { call, options: new Map([['layers', literal(config['layers'])]]), written: all };
}

const all: ReadonlySet<string> = new Set(['layers']);
const itemsShown = 8;

/** A value as JavaScript writes it. */
export function literal(value: unknown, key = ''): string {
  if (typeof value === 'string') return `'${value}'`;
  if (Array.isArray(value)) return list(value.map((each) => literal(each, key)));
  if (isKerasObject(value)) {
    const { class_name, config } = value;
    return spell({ class_name, config: isObject(config) ? config : {} }, key);
  }
  if (!isObject(value)) return String(value);
  const entries = Object.entries(value).map(([name, each]) => `${name}: ${literal(each)}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}

function list(items: readonly string[]): string {
  if (items.length <= itemsShown) return `[${items.join(', ')}]`;
  return `[${items.slice(0, 3).join(', ')}, … ${items.at(-1) ?? ''}] (${items.length} values)`;
}
