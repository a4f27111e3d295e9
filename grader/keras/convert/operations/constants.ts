import { isObject } from '../../../recipe/keras-class.ts';
import { isDtype } from '../dtype.ts';
import { checkFields } from '../fields.ts';
import type { Numbers } from './operation.ts';

/** Numbers of a file, as Keras writes them and NumPy's and TensorFlow's arrays; null for anything else. */
export function numbersOf(value: unknown, deepest = 8): Numbers | null {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return Number(value);
  if (isObject(value)) {
    return isArray(value) && deepest > 0 ? numbersOf(value['config']['value'], deepest - 1) : null;
  }
  if (!Array.isArray(value) || value.length === 0 || deepest === 0) return null;
  const items = value.map((item) => numbersOf(item, deepest - 1));
  return items.every((item) => item !== null) ? items : null;
}

type StoredArray = { readonly config: Readonly<Record<string, unknown>> };

function isArray(value: Readonly<Record<string, unknown>>): value is StoredArray {
  const { class_name: name, config } = value;
  if ((name !== '__numpy__' && name !== '__tensor__') || !isObject(config)) return false;
  checkFields('An array', value, { read: ['class_name', 'config'] });
  checkFields('An array', config, { read: ['value'], harmless: { dtype: isDtype } });
  return true;
}

/** Of an array whose rows are as long as the first one. */
export function sizesOf(numbers: Numbers): readonly number[] {
  return typeof numbers === 'number' ? [] : [numbers.length, ...sizesOf(numbers[0] ?? 0)];
}
