import type { KerasObject } from '../contract.ts';
import { isKerasObject, kerasClass, nullableObject } from './keras-class.ts';
import { sameName } from './names.ts';
import type { Option } from './option.ts';
import { number } from './option.ts';

const factor = (byDefault: number) => number({ min: 0, default: byDefault });

/** The one class that a document holds: TF.js knows no other. */
export const regularizerTable = {
  L1L2: kerasClass('l1l2', { l1: factor(0), l2: factor(0) }),
};

/** What candidates write; each becomes an `L1L2`. */
export const regularizerForms = {
  /** Factor times the sum of absolute weights. */
  L1: kerasClass('l1', { l1: factor(0.01) }),
  /** Factor times the sum of squared weights. */
  L2: kerasClass('l2', { l2: factor(0.01) }),
  L1L2: kerasClass('l1l2', { l1: factor(0), l2: factor(0) }),
};

/** A regularizer by name, or made with `regularizers`. */
type Regularizer = 'l1' | 'l2' | 'l1l2' | 'l1_l2' | KerasObject;

export function regularizer(): Option<Regularizer | null, false, KerasObject | null> {
  return { ...nullableObject<Regularizer>('regularizer', regularizerTable), read: readRegularizer };
}

function readRegularizer(value: unknown): unknown {
  const given = typeof value === 'string' ? { class_name: value, config: {} } : value;
  if (!isKerasObject(given)) return value;
  const config = { ...given.config };
  if (sameName(given.class_name, 'L1')) return l1l2({ l1: 0.01, l2: 0, ...config });
  if (sameName(given.class_name, 'L2')) return l1l2({ l1: 0, l2: 0.01, ...config });
  return sameName(given.class_name, 'L1L2') ? l1l2(config) : value;
}

function l1l2(config: Record<string, unknown>): KerasObject {
  return { class_name: 'L1L2', config };
}
