import type { KerasObject } from '../../contract.ts';
import { initializerTable } from '../../recipe/initializers.ts';
import { findClass, isKerasObject, type ClassTable } from '../../recipe/keras-class.ts';
import { layerTable } from '../../recipe/layers.ts';
import { cellsOf, cellTable } from '../../recipe/layers/cells.ts';
import { layersWithin, wrappedKeys } from '../../recipe/layers/wrapped.ts';
import { snakeCase } from '../../recipe/names.ts';
import { keyOf, type OptionTable } from '../../recipe/option.ts';
import { storedOptions } from '../../recipe/stored-options.ts';
import { constraintTable } from '../../recipe/constraints.ts';
import { regularizerTable } from '../../recipe/regularizers.ts';
import { scalings } from '../layers/initializers/variance-scaling.ts';
import { definitionOf, isLayer } from '../layers/table.ts';
import { nameIn } from './plan-layer.ts';
import { savedKeys } from './saved-keys.ts';

/** A layer as TF.js writes it. */
export function savedLayer({ class_name, config }: KerasObject, name: string): KerasObject {
  if (!isLayer(class_name)) throw new Error(`Unknown layer: ${class_name}`);
  const table: OptionTable = layerTable[class_name].options;
  const options = storedOptions(table, config);
  const values = new Map<string, unknown>(
    Object.entries(options).map(([option, value]) => [snakeCase(option), value]),
  );
  values.set('name', name);
  const shape = options['batchInputShape'] ?? definitionOf(class_name)?.inputShape?.(options);
  if (shape) values.set('batch_input_shape', shape);
  if (options['batchInputShape']) values.set('dtype', 'float32');
  if (class_name.includes('Pooling'))
    values.set('strides', values.get('strides') ?? values.get('pool_size'));
  const own = Object.entries(table).map(([option, each]) => keyOf(option, each));
  const keys =
    savedKeys[class_name] ??
    `* ${own.filter((key) => !common.includes(key) && values.has(key)).join(' ')}`;
  const entries = keys
    .trim()
    .replace('*', common.filter((key) => values.has(key)).join(' '))
    .split(' ')
    .flatMap((key) => savedOption(key, values));
  return { class_name, config: Object.fromEntries(entries) };
}

const common = ['name', 'trainable', 'batch_input_shape', 'dtype', 'supports_masking'];

function savedOption(key: string, values: ReadonlyMap<string, unknown>): [string, unknown][] {
  const isOptional = key.endsWith('?');
  const name = isOptional ? key.slice(0, -1) : key;
  const value = values.get(name) ?? null;
  if (isOptional && value === null) return [];
  if (wrappedKeys.includes(name) && isKerasObject(value)) return [[name, savedWithin(value)]];
  // Always a stack, as the names of weights in it are the same for one cell.
  if (name === 'cell' && isKerasObject(value)) {
    const cells = cellsOf(value).map(savedCell);
    return [[name, { class_name: 'StackedRNNCells', config: { cells } }]];
  }
  if (name === 'target_shape' && Array.isArray(value)) {
    return [[name, value.map((size: number) => (size < 0 ? null : size))]];
  }
  return [[name, isKerasObject(value) ? savedObject(value) : value]];
}

/** A layer within a layer, or a model in its place. */
function savedWithin(wrapped: KerasObject): KerasObject {
  if (!layersWithin(wrapped)) {
    return savedLayer(wrapped, nameIn(wrapped) ?? snakeCase(wrapped.class_name));
  }
  const { class_name, config } = wrapped;
  const layers = config['layers'] as readonly KerasObject[];
  const saved = layers.map((layer) => ({ ...layer, ...savedWithin(layer) }));
  return { class_name, config: { ...config, layers: saved } };
}

function savedCell({ class_name, config }: KerasObject): KerasObject {
  const table: OptionTable = cellTable[class_name as keyof typeof cellTable].options;
  const options = storedOptions(table, config);
  const entries = Object.entries(options).map(([option, value]) => [
    snakeCase(option),
    isKerasObject(value) ? savedObject(value) : value,
  ]);
  return { class_name, config: Object.fromEntries(entries) as KerasObject['config'] };
}

const tables: readonly ClassTable[] = [initializerTable, regularizerTable, constraintTable];

/** An initializer, a regularizer or a constraint with all its options. */
function savedObject({ class_name, config }: KerasObject): KerasObject {
  const table = tables.find((each) => findClass(each, class_name) === class_name);
  const options = storedOptions(table?.[class_name]?.options ?? {}, config);
  if (isScaling(class_name)) {
    const { scale, mode, distribution } = scalings[class_name];
    const kind = distribution === 'truncated_normal' ? 'normal' : distribution;
    return {
      class_name: 'VarianceScaling',
      config: { scale, mode, distribution: kind, seed: options['seed'] ?? null },
    };
  }
  const entries = Object.entries(options).map(([name, value]) => [snakeCase(name), value] as const);
  return { class_name, config: Object.fromEntries(entries) };
}

function isScaling(className: string): className is keyof typeof scalings {
  return Object.hasOwn(scalings, className);
}
