/** The truth of some rows, and what was read of a model's output for them. */
export interface Rows {
  readonly actual: readonly number[];
  /** Labels or values. */
  readonly predicted: readonly number[];
  /** Of a classifier, by row: of class 1 alone, else of each class. Without them a label is certain. */
  readonly probabilities?: readonly (readonly number[])[];
}

/** A number of each row, NaN where a model gave nothing for it. */
export function ofEachRow(
  { actual, predicted }: Rows,
  ofRow: (actual: number, predicted: number) => number,
): number[] {
  return actual.map((truth, row) => ofRow(truth, predicted[row] ?? NaN));
}
