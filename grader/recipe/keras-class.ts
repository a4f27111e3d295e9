import type { KerasObject } from '../contract.ts';
import { sameName } from './names.ts';
import type { DocumentOrigin, JsonSchema, Option, OptionsOf, OptionTable } from './option.ts';
import { optionsSchema, readOptions } from './option.ts';

/** A Keras class as the recipe knows it: what it is called in TypeScript, and its options. */
export interface KerasClass<
  Call extends string = string,
  Options extends OptionTable = OptionTable,
> {
  /** Name of the authoring function. */
  readonly call: Call;
  readonly options: Options;
  /** Other names that candidates write for it. */
  readonly aliases?: readonly string[];
}

export type ClassTable = Readonly<Record<string, KerasClass>>;

/** Authoring functions for each class of a table, by their TypeScript names. */
export type Authoring<Table extends ClassTable, Made> = {
  readonly [Name in keyof Table as Table[Name]['call']]: Describe<Table[Name]['options'], Made>;
};

/** A function that takes a table's options; they may be left out where none is required. */
type Describe<Options extends OptionTable, Made> =
  Partial<OptionsOf<Options>> extends OptionsOf<Options>
    ? (options?: OptionsOf<Options>) => Made
    : (options: OptionsOf<Options>) => Made;

export function kerasClass<const Call extends string, Options extends OptionTable>(
  call: Call,
  options: Options,
  aliases: readonly string[] = [],
): KerasClass<Call, Options> {
  return { call, options, aliases };
}

/** The Keras name of a class given by any of its spellings. */
export function findClass(table: ClassTable, name: string): string | undefined {
  const entries = Object.entries(table);
  const found =
    entries.find(([className]) => className === name) ??
    entries.find(([className, { call, aliases = [] }]) =>
      [className, call, ...aliases].some((known) => sameName(known, name)),
    );
  return found?.[0];
}

/** The schema of `{class_name, config}` for the classes of a table, told apart by `class_name`. */
export function classSchema(
  table: ClassTable,
  more: JsonSchema = {},
  origin: DocumentOrigin = 'recipe',
): JsonSchema {
  return {
    type: 'object',
    required: ['class_name'],
    discriminator: { propertyName: 'class_name' },
    oneOf: Object.entries(table).map(([className, { options }]) => ({
      properties: {
        class_name: { const: className },
        config: { ...optionsSchema(options, origin), default: {} },
        ...more,
      },
      required: ['class_name', 'config'],
      additionalProperties: false,
    })),
  };
}

/**
 * An option that holds an object of one of a table's classes, or its name; null by default. The
 * schema of the class stands in `$defs` under `definition`: a layer has many such options.
 */
export function nullableObject<Value>(
  definition: 'regularizer' | 'constraint',
  table: ClassTable,
): Option<Value | null, false, KerasObject | null> {
  return {
    required: false,
    schema: { $ref: `#/$defs/${definition}`, default: null },
    read: (value) => readObject(table, value),
  };
}

/** An option that holds an object of one of a table's classes, or its name. */
export function requiredObject<Value>(table: ClassTable): Option<Value, true> {
  return {
    required: true,
    schema: classSchema(table),
    read: (value) => readObject(table, value),
  };
}

/** `'adam'` or `{class_name: 'adam', …}` as the document writes it; anything else unchanged. */
export function readObject(table: ClassTable, value: unknown): unknown {
  if (typeof value === 'string') {
    const className = findClass(table, value);
    return { class_name: className ?? value, config: {} };
  }
  if (!isKerasObject(value)) return value;
  const className = findClass(table, value.class_name);
  const definition = className === undefined ? undefined : table[className];
  if (className === undefined || definition === undefined) return value;
  const config = { ...value.config };
  readOptions(definition.options, config);
  return { ...value, class_name: className, config };
}

export function isKerasObject(value: unknown): value is KerasObject {
  if (!isObject(value) || typeof value['class_name'] !== 'string') return false;
  return value['config'] === undefined || isObject(value['config']);
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
