import { sameName, snakeCase } from './names.ts';

export type JsonSchema = Readonly<Record<string, unknown>>;

/**
 * One option of a layer, an optimizer, …: what may be written, its JSON schema with Keras's default,
 * and how other spellings become the document's.
 */
export interface Option<Given, Required extends boolean = false, Stored = Given> {
  readonly schema: JsonSchema;
  readonly required: Required;
  /** Key in the document where it is not the snake_case of the option's name. */
  readonly key?: string;
  /** Other keys for it, such as Keras 3's `negative_slope` for `alpha`. */
  readonly also?: readonly string[];
  /** True for what only a model file says, by its conversion. */
  readonly isOfFiles?: boolean;
  /** Brings a spelling to the document's; what it does not know passes unchanged, for the schema to refuse. */
  readonly read?: (value: unknown) => unknown;
  /** Carries the TypeScript type of what may be written; never set. */
  readonly given?: Given;
  /** Carries the type of what the document holds after reading; never set. */
  readonly stored?: Stored;
}

export type OptionTable = Readonly<Record<string, Option<unknown, boolean, unknown>>>;

type Given<O> = O extends Option<infer Value, boolean, unknown> ? Value : never;
type Stored<O> = O extends Option<unknown, boolean, infer Value> ? Value : never;
type IsOfFiles<O> = O extends { readonly isOfFiles: true } ? true : false;
type IsRequired<O> = O extends { readonly required: true } ? true : false;
type Flat<T> = { [K in keyof T]: T[K] };

/** The object a candidate writes for a table of options. */
export type OptionsOf<Table extends OptionTable> = Flat<
  {
    readonly [K in keyof Table as IsRequired<Table[K]> extends true ? K : never]: Given<Table[K]>;
  } & {
    readonly [
      K in keyof Table as true extends IsRequired<Table[K]> | IsOfFiles<Table[K]> ? never : K
    ]?: Given<Table[K]> | undefined;
  }
>;

/** What a document holds for a table of options, by their names, once every default is filled in. */
export type StoredOptions<Table extends OptionTable> = Flat<{
  readonly [K in keyof Table]: Stored<Table[K]>;
}>;

interface Bounds {
  readonly min?: number;
  readonly max?: number;
  /** Exclusive bounds. */
  readonly above?: number;
  readonly below?: number;
  readonly default?: number;
}

export function integer(bounds: Bounds = {}): Option<number> {
  return { required: false, schema: { type: 'integer', ...limits(bounds) } };
}

export function number(bounds: Bounds = {}): Option<number> {
  return { required: false, schema: { type: 'number', ...limits(bounds) } };
}

export function boolean(byDefault: boolean): Option<boolean> {
  return { required: false, schema: { type: 'boolean', default: byDefault } };
}

/** A switch of Keras that the grader has in one position only. */
export function only<const Value extends boolean | string | number | null>(
  value: Value,
): Option<Value> {
  return { required: false, schema: { const: value, default: value } };
}

/** A switch that only the conversion of a model file turns, one way; a recipe has none of its name. */
export function ofFiles<const Value extends boolean>(
  value: Value,
): Option<Value, false, Value | undefined> & { readonly isOfFiles: true } {
  return { required: false, schema: { const: value }, isOfFiles: true };
}

export function text(pattern: string): Option<string> {
  return { required: false, schema: { type: 'string', pattern, maxLength: 100 } };
}

/** One of a few words; camelCase spellings are taken too. The first is the default. */
export function oneOf<const Word extends string>(...words: readonly Word[]): Option<Word> {
  return {
    required: false,
    schema: { enum: words, default: words[0] },
    read: (value) =>
      words.find((word) => typeof value === 'string' && sameName(word, value)) ?? value,
  };
}

/** Sizes along `axes` axes: one number for all, or one for each. */
export function sizes<Axes extends 1 | 2>(
  axes: Axes,
  bounds: { min: number; default?: number } = { min: 1 },
): Option<
  number | (Axes extends 1 ? readonly [number] : readonly [number, number]),
  false,
  Axes extends 1 ? readonly [number] : readonly [number, number]
> {
  const fallback = bounds.default;
  return {
    required: false,
    schema: {
      type: 'array',
      items: { type: 'integer', minimum: bounds.min, maximum: 65_536 },
      minItems: axes,
      maxItems: axes,
      ...(fallback === undefined ? {} : { default: Array<number>(axes).fill(fallback) }),
    },
    read: (value) => (typeof value === 'number' ? Array<number>(axes).fill(value) : value),
  };
}

type Border = readonly [number, number];

/** What is added or cut at an image's borders: one number, `[rows, columns]`, or a pair for each. */
export function borders(
  byDefault: number,
): Option<number | Border | readonly [Border, Border], false, readonly [Border, Border]> {
  const pair = {
    type: 'array',
    items: { type: 'integer', minimum: 0, maximum: 65_536 },
    minItems: 2,
  };
  return {
    required: false,
    schema: {
      type: 'array',
      items: { ...pair, maxItems: 2 },
      minItems: 2,
      maxItems: 2,
      default: [
        [byDefault, byDefault],
        [byDefault, byDefault],
      ],
    },
    read(value) {
      const both = typeof value === 'number' ? [value, value] : value;
      if (!Array.isArray(both)) return value;
      return both.map((side: unknown) => (typeof side === 'number' ? [side, side] : side));
    },
  };
}

export function integers(
  bounds: Bounds & { readonly length?: number } = {},
): Option<readonly number[]> {
  const { length, ...each } = bounds;
  return {
    required: false,
    schema: {
      type: 'array',
      items: { type: 'integer', ...limits(each) },
      minItems: length ?? 1,
      maxItems: length ?? 8,
    },
  };
}

/** Sizes without the batch axis; null where any size is taken. */
export function shape(): Option<readonly (number | null)[]> {
  return {
    required: false,
    schema: {
      type: 'array',
      items: { type: ['integer', 'null'], minimum: 1, maximum: 1_000_000 },
      minItems: 0,
      maxItems: 8,
    },
  };
}

export function required<Value, Stored>(
  option: Option<Value, false, Stored>,
): Option<Value, true, Stored> {
  return { ...option, schema: withoutDefault(option.schema), required: true };
}

/** Not in the document where it is left out. */
export function optional<Value, Stored>(
  option: Option<Value, false, Stored>,
): Option<Value, false, Stored | undefined> {
  return { ...option, schema: withoutDefault(option.schema) };
}

function withoutDefault(schema: JsonSchema): JsonSchema {
  return Object.fromEntries(Object.entries(schema).filter(([keyword]) => keyword !== 'default'));
}

/** Null, and null by default. */
export function nullable<Value, Stored>(
  option: Option<Value, false, Stored>,
): Option<Value | null, false, Stored | null> {
  const { type, enum: words, ...schema } = option.schema;
  return {
    ...option,
    schema: {
      ...schema,
      ...(type === undefined ? {} : { type: [type, 'null'].flat() }),
      ...(Array.isArray(words) ? { enum: [...(words as unknown[]), null] } : {}),
      default: null,
    },
  };
}

/** An option whose key in the document is not mechanical, such as `beta_1`. */
export function keyed<Value, Required extends boolean, Stored>(
  key: string,
  option: Option<Value, Required, Stored>,
): Option<Value, Required, Stored> {
  return { ...option, key };
}

/** The same option, found under other keys as well. */
export function also<Value, Required extends boolean, Stored>(
  keys: readonly string[],
  option: Option<Value, Required, Stored>,
): Option<Value, Required, Stored> {
  return { ...option, also: keys };
}

export function keyOf(name: string, option: Option<unknown, boolean, unknown>): string {
  return option.key ?? snakeCase(name);
}

/** Whether a document describes a recipe, or the model of a file. */
export type DocumentOrigin = 'recipe' | 'file';

/** The schema of an object that holds a table's options under their document keys. */
export function optionsSchema(table: OptionTable, origin: DocumentOrigin = 'recipe'): JsonSchema {
  const entries = Object.entries(table).filter(([, each]) => origin === 'file' || !each.isOfFiles);
  return {
    type: 'object',
    properties: Object.fromEntries(entries.map(([name, each]) => [keyOf(name, each), each.schema])),
    required: entries.filter(([, each]) => each.required).map(([name, each]) => keyOf(name, each)),
    additionalProperties: false,
  };
}

/** Brings a config to the document's keys and spellings, in place. */
export function readOptions(table: OptionTable, config: Record<string, unknown>): void {
  for (const [name, option] of Object.entries(table)) {
    const key = keyOf(name, option);
    for (const other of option.also ?? []) {
      if (!(other in config) || key in config) continue;
      config[key] = config[other];
      Reflect.deleteProperty(config, other);
    }
    if (option.read && key in config) config[key] = option.read(config[key]);
  }
}

function limits(bounds: Bounds): JsonSchema {
  return {
    ...(bounds.min === undefined ? {} : { minimum: bounds.min }),
    ...(bounds.max === undefined ? {} : { maximum: bounds.max }),
    ...(bounds.above === undefined ? {} : { exclusiveMinimum: bounds.above }),
    ...(bounds.below === undefined ? {} : { exclusiveMaximum: bounds.below }),
    ...(bounds.default === undefined ? {} : { default: bounds.default }),
  };
}
