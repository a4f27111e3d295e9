import { showShape } from '../text/shape.ts';
import type { NdArray, Task } from '../contract.ts';
import { GraderError } from '../errors.ts';
import { productOf } from '../sizes.ts';

/** Predictions of a classifier, by row. */
export interface ReadLabels extends ReadValues {
  /** One column for a sigmoid (the probability of class 1), else one per class. */
  readonly probabilities: readonly (readonly number[])[];
}

interface ReadValues {
  /** Labels or values. */
  readonly predicted: readonly number[];
  readonly reading: string;
}

/**
 * Labels of a classifier's output: the class of the largest probability (the first of equal ones), or
 * class 1 where a single output is above 0.5. Throws fault `grader` for another shape.
 */
export function readLabels(output: NdArray, classCount: number): ReadLabels {
  const columns = rowSize(output);
  const probabilities = rowsOf(output, columns);
  if (output.shape.length === 2 && columns === classCount) {
    const reading = `argmax of ${columns} outputs`;
    return { predicted: probabilities.map(argmax), probabilities, reading };
  }
  if (output.shape.length <= 2 && columns === 1 && classCount === 2) {
    const predicted = probabilities.map(([probability = 0]) => (probability > 0.5 ? 1 : 0));
    return { predicted, probabilities, reading: 'class 1 where the single output is above 0.5' };
  }
  throw unreadable(output, `[rows, ${classCount}]${classCount === 2 ? ' or [rows, 1]' : ''}`);
}

/** One number per row: the output itself, or the last step of a forecast. Throws fault `grader` for another shape. */
export function readValues(output: NdArray, task: Task): ReadValues {
  const columns = rowSize(output);
  if (columns === 1) return { predicted: Array.from(output.data), reading: 'the single output' };
  const isSteps = output.shape.length === 2 || (output.shape.length === 3 && output.shape[2] === 1);
  if (task !== 'forecast' || !isSteps) {
    throw unreadable(output, task === 'forecast' ? '[rows, steps, 1] or [rows, 1]' : '[rows, 1]');
  }
  const predicted = rowsOf(output, columns).map((steps) => steps[columns - 1] ?? Number.NaN);
  return { predicted, reading: `last of ${columns} steps` };
}

function rowSize(output: NdArray): number {
  return productOf(output.shape.slice(1));
}

function rowsOf(output: NdArray, columns: number): number[][] {
  return Array.from({ length: output.shape[0] ?? 0 }, (_, row) =>
    Array.from(output.data.subarray(row * columns, (row + 1) * columns)),
  );
}

function argmax(values: readonly number[]): number {
  return values.reduce((best, value, index) => (value > (values[best] ?? 0) ? index : best), 0);
}

function unreadable(output: NdArray, expected: string): GraderError {
  return new GraderError({
    fault: 'grader',
    code: 'predictions-shape',
    message: `internal: predictions must be ${expected}, got ${showShape(output.shape)}.`,
    help: 'The trainer accepts only the outputs that the problem names: report this as a bug.',
  });
}
