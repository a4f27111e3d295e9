import type { ErrorObject } from 'ajv';
import { isKerasObject } from './keras-class.ts';

const words: Readonly<Record<string, string>> = {
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  string: 'a text',
  null: 'null',
};

/** What stands for an object of a Keras class. */
export const madeByName = 'a name in quotes, or what a function of "grader" makes';

/** What a value must be by the schema that refuses its type. */
export function typeWords(error: ErrorObject): string {
  const { discriminator } = (error.parentSchema ?? {}) as { discriminator?: object };
  const axes = axesOf(error);
  const types = typesOf(error).map((type) => {
    if (type === 'array' && axes > 0) return `a whole number, or a list of ${axes}`;
    if (type !== 'object' || !discriminator) return words[type] ?? type;
    return madeByName;
  });
  return types.join(' or ');
}

/** `Write 64.` where a value of the wrong type can be read as only one of the right type. */
export function suggestion(error: ErrorObject, quote: "'" | '"' = "'"): string {
  if (error.keyword !== 'type') return '';
  const types = axesOf(error) > 0 ? ['integer', ...typesOf(error)] : typesOf(error);
  // One value makes no list of several.
  const { minItems = 0 } = (error.parentSchema ?? {}) as { minItems?: number };
  const made = types.filter((type) => type !== 'array' || minItems < 2);
  const meant = made.map((type) => asType(type, error.data, quote));
  const found = meant.find((each) => each !== null) ?? null;
  return found === null ? '' : ` Write ${found}.`;
}

/** Of sizes that may be one number for all axes; 0 for other lists. */
function axesOf({ parentSchema }: ErrorObject): number {
  const { items, minItems, maxItems } = (parentSchema ?? {}) as {
    items?: { type?: unknown };
    minItems?: number;
    maxItems?: number;
  };
  const isSizes = items?.type === 'integer' && minItems === maxItems;
  return isSizes ? (minItems ?? 0) : 0;
}

function typesOf({ params }: ErrorObject): readonly string[] {
  return [(params as { type: string | string[] }).type].flat();
}

function asType(type: string, given: unknown, quote: string): string | null {
  const number = typeof given === 'string' && given.trim() !== '' ? Number(given) : NaN;
  const [only, ...others] = Array.isArray(given) ? (given as unknown[]) : [];
  switch (type) {
    case 'integer':
    case 'number':
      if (typeof only === 'number' && others.length === 0) return asType(type, String(only), quote);
      return Number.isFinite(number) && (type === 'number' || Number.isInteger(number))
        ? String(number)
        : null;
    case 'boolean':
      if (given === 0 || given === 1) return String(given === 1);
      return /^(?:true|false)$/i.test(String(given)) ? String(given).toLowerCase() : null;
    case 'array':
      if (typeof given === 'number') return `[${given}]`;
      if (Number.isFinite(number)) return `[${number}]`;
      if (isKerasObject(given)) return 'it in brackets, [ ]';
      return typeof given === 'string' ? `[${quote}${given.slice(0, 60)}${quote}]` : null;
    case 'object':
      return typeof only === 'string' && others.length === 0
        ? `${quote}${only.slice(0, 60)}${quote}`
        : null;
    default:
      return null;
  }
}
