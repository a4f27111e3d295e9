import { findClass, isObject } from '../../../recipe/keras-class.ts';
import { isLoss } from '../../../recipe/loss-facts.ts';
import { lossTable } from '../../../recipe/losses.ts';
import { isDtype } from '../dtype.ts';
import { isText, isTextOrNull } from '../fields.ts';
import { knownOptions, noteAround, plainClass } from './known-options.ts';

/** `fn` is the function that the class is named after. */
const others = { name: isTextOrNull, fn: isText, dtype: isDtype };

/** A loss by name, by function or by object, as a recipe has it. */
export function convertLoss(saved: unknown, notes: string[]): unknown {
  if (!isObject(saved) || typeof saved['class_name'] !== 'string') return saved;
  noteAround('loss', saved, notes);
  const { class_name: name, config } = saved;
  if (typeof config === 'string') return config;
  const className = findClass(lossTable, plainClass(name));
  if (className === undefined || !isLoss(className)) return { class_name: name, config: {} };
  const { options } = lossTable[className];
  const given = isObject(config) ? config : {};
  const read = knownOptions({ what: 'loss', table: options, config: given, others }, notes);
  // Keras's null is a reduction of its own, which a recipe has not.
  const reduction = given['reduction'] === null ? { reduction: 'none' } : {};
  return { class_name: className, config: { ...read, ...reduction } };
}
