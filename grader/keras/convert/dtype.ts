import { isObject } from '../../recipe/keras-class.ts';

/** A dtype or a dtype policy by name; null where none is stated. */
export function dtypeName(value: unknown): string | null {
  if (typeof value === 'string') return value;
  if (!isObject(value) || !isObject(value['config'])) return null;
  const { name } = value['config'];
  return typeof name === 'string' ? name : null;
}
