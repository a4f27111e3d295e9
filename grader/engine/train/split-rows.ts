import type { FitOptions } from '../../contract.ts';
import { rowsBeforeSplit } from '../../recipe/fit.ts';
import { rowNumbers } from '../rows/batches.ts';
import type { Part } from './trainer.ts';

/** The rows that are trained on, and those that validation evaluates. */
export interface RowSplit {
  readonly training: Int32Array;
  readonly validation: { readonly part: Part; readonly rows: Int32Array };
}

/** Keras takes the last share of the training rows for `validation_split`, before any shuffle. */
export function splitRows(
  fit: Pick<FitOptions, 'validation_split'>,
  counts: Readonly<Record<Part, number>>,
): RowSplit {
  const all = rowNumbers(counts.training);
  if (fit.validation_split === 0) {
    return {
      training: all,
      validation: { part: 'validation', rows: rowNumbers(counts.validation) },
    };
  }
  const first = rowsBeforeSplit(fit, counts.training);
  return {
    training: all.subarray(0, first),
    validation: { part: 'training', rows: all.subarray(first) },
  };
}
