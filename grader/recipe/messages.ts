import type { ErrorObject } from 'ajv';
import { nearest } from './names.ts';
import { suggestion } from './suggestion.ts';
import { clean, show } from '../text/show.ts';

/** What is wrong with a recipe by its schema: a sentence for each error, and the error. */
export function describeErrors(errors: readonly ErrorObject[]): ReadonlyMap<string, ErrorObject> {
  // `if` only repeats what its `then` or `else` said, and `propertyNames` says what a key breaks.
  const own = errors.filter((error) => error.keyword !== 'if' && error.propertyName === undefined);
  const sentences = own.map((error, index): [string, ErrorObject] => {
    if (error.keyword !== 'additionalProperties') {
      return [withReason(describeError(error), error), error];
    }
    // What is allowed at a place is long, and said with the last key that is not.
    const isLast = !own.slice(index + 1).some((later) => isAtSamePlace(later, error));
    return [unknownKey(error, isLast), error];
  });
  return new Map(sentences);
}

/** What a schema says of itself stands behind what is wrong, and what to write behind that. */
function withReason(sentence: string, error: ErrorObject): string {
  const { parentSchema } = error;
  const { description } = (parentSchema ?? {}) as { description?: string };
  const told =
    description === undefined ? sentence : `${sentence.replace(/\.$/, '')}: ${description}.`;
  return `${told}${suggestion(error, '"')}`;
}

function describeError(error: ErrorObject): string {
  const path = clean(error.instancePath || '/', 160);
  const params = error.params as Readonly<Record<string, unknown>>;
  const came = show(error.data);
  switch (error.keyword) {
    case 'required':
      return `${path} must have "${String(params['missingProperty'])}".`;
    case 'const':
      return `${path} must be ${show(params['allowedValue'])}, got ${came}.`;
    case 'enum':
      return unknownWord(path, params['allowedValues'] as unknown[], error.data);
    case 'type':
      return `${path} must be ${typeWords([params['type']].flat())}, got ${came}.`;
    case 'minimum':
    case 'maximum':
    case 'exclusiveMinimum':
    case 'exclusiveMaximum':
      return `${path} must be ${String(params['comparison'])} ${String(params['limit'])}, got ${came}.`;
    case 'discriminator':
      return wrongClass(path, error);
    case 'minItems':
    case 'maxItems':
      return itemCount(path, error);
    case 'pattern':
      return `${path} must match ${String(params['pattern'])}, got ${came}.`;
    case 'propertyNames':
      return wrongKey(path, error);
    default:
      return `${path} ${error.message ?? 'is not valid'}, got ${came}.`;
  }
}

function isAtSamePlace(one: ErrorObject, other: ErrorObject): boolean {
  return one.keyword === other.keyword && one.instancePath === other.instancePath;
}

function unknownKey(error: ErrorObject, withAllowed: boolean): string {
  const path = clean(error.instancePath || '/', 160);
  const key = String((error.params as { additionalProperty?: unknown }).additionalProperty);
  const schema = error.parentSchema as { properties?: object } | undefined;
  const known = Object.keys(schema?.properties ?? {});
  const like = nearest(key, known);
  const hint = like === null ? '' : ` Nearest: "${like}".`;
  const allowed = withAllowed ? ` Allowed: ${known.join(', ') || 'nothing'}.` : '';
  return `${path} must not have ${show(key)}.${hint}${allowed}`;
}

function unknownWord(path: string, allowed: readonly unknown[], came: unknown): string {
  const words = allowed.filter((word) => typeof word === 'string');
  const like = typeof came === 'string' ? nearest(came, words) : null;
  const hint = like === null ? '' : ` Nearest: "${like}".`;
  return `${path} must be ${list(allowed.map(show))}, got ${show(came)}.${hint}`;
}

function wrongKey(path: string, error: ErrorObject): string {
  const { propertyNames } = error.parentSchema as { propertyNames?: { description?: string } };
  const what = propertyNames?.description;
  const rule = what === undefined ? '' : ` Its keys are ${what}.`;
  return `${path} must not have the key ${show(error.params['propertyName'])}.${rule}`;
}

function wrongClass(path: string, error: ErrorObject): string {
  const params = error.params as { tagValue?: unknown; tag?: string };
  const schema = error.parentSchema as
    { oneOf?: readonly { properties: { class_name: { const: string } } }[] } | undefined;
  const known = (schema?.oneOf ?? []).map(({ properties }) => properties.class_name.const);
  const given = params.tagValue;
  if (given === 'Sequential' || given === 'Functional') {
    return `${path} is a model inside a model: put its layers into the outer one.`;
  }
  const like = typeof given === 'string' ? nearest(given, known) : null;
  const hint = like === null ? '' : ` Nearest: ${like}.`;
  const came = given === undefined ? 'and is missing' : `got ${show(given)}`;
  return `${path}/class_name must be ${list(known)}, ${came}.${hint}`;
}

function itemCount(path: string, error: ErrorObject): string {
  const schema = error.parentSchema as { minItems?: number; maxItems?: number };
  const { minItems = 0, maxItems } = schema;
  const count = Array.isArray(error.data) ? error.data.length : 0;
  const allowed =
    minItems === maxItems
      ? `${minItems}`
      : maxItems === undefined
        ? `at least ${minItems}`
        : `${minItems} to ${maxItems}`;
  return `${path} must have ${allowed} ${allowed === '1' ? 'item' : 'items'}, got ${count}.`;
}

function typeWords(types: readonly unknown[]): string {
  const words = types.map((type) => {
    if (type === 'null') return 'null';
    return `${type === 'array' || type === 'integer' || type === 'object' ? 'an' : 'a'} ${String(type)}`;
  });
  return list(words);
}

function list(words: readonly string[]): string {
  if (words.length < 2) return words.join('');
  return words.length > 2 ? `one of ${words.join(', ')}` : words.join(' or ');
}
