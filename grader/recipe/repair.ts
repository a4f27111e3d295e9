import type { ErrorObject } from 'ajv';
import { isObject } from './keras-class.ts';
import { nearest } from './names.ts';

/**
 * Puts something valid in the place of what a schema refuses, in place, so that the rest can be judged;
 * answers false where nothing is known to stand there.
 */
export function repair(document: object, errors: readonly ErrorObject[]): boolean {
  return errors
    .filter(({ keyword, propertyName }) => keyword !== 'if' && propertyName === undefined)
    .map((error) => repairOne(document, error))
    .every(Boolean);
}

function repairOne(document: object, error: ErrorObject): boolean {
  const keys = error.instancePath.split('/').slice(1);
  const params = error.params as Readonly<Record<string, unknown>>;
  if (error.keyword === 'additionalProperties') {
    keys.push(String(params['additionalProperty']));
  } else if (error.keyword === 'discriminator') keys.push('class_name');
  const last = keys.pop();
  const parent = keys.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : null),
    document,
  );
  if (last === undefined || typeof parent !== 'object' || parent === null) return false;
  if (error.keyword === 'additionalProperties') return Reflect.deleteProperty(parent, last);
  const instead = validFor(error);
  return instead !== undefined && Reflect.set(parent, last, instead);
}

/** A value that the schema takes; undefined where none is known. */
function validFor({ keyword, parentSchema, params, data }: ErrorObject): unknown {
  const schema = (parentSchema ?? {}) as Readonly<Record<string, unknown>>;
  if (keyword === 'discriminator') {
    const classes = (schema['oneOf'] as { properties: { class_name: { const: string } } }[]).map(
      ({ properties }) => properties.class_name.const,
    );
    const given = (params as { tagValue?: unknown }).tagValue;
    return nearest(String(given), classes) ?? classes[0];
  }
  if (schema['default'] !== undefined) return structuredClone(schema['default']);
  if (schema['const'] !== undefined) return schema['const'];
  const words = schema['enum'] as unknown[] | undefined;
  if (words)
    return (
      nearest(
        String(data),
        words.filter((word) => typeof word === 'string'),
      ) ?? words[0]
    );
  const types = [schema['type']].flat();
  if (types.includes('null')) return null;
  if (types.includes('integer') || types.includes('number')) return numberFor(schema);
  const items = schema['items'];
  if (types.includes('array') && isObject(items)) {
    const count = Number(schema['minItems'] ?? 1);
    const { type } = items;
    return [type].flat().includes('integer') ? Array<number>(count).fill(1) : undefined;
  }
  return undefined;
}

function numberFor({ minimum, exclusiveMinimum }: Readonly<Record<string, unknown>>): number {
  if (typeof minimum === 'number') return minimum;
  return typeof exclusiveMinimum === 'number' ? exclusiveMinimum + 0.001 : 1;
}
