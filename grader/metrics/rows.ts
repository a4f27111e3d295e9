/** The truth of some rows, and what was read of a model's output for them. */
export interface Rows {
  readonly actual: readonly number[];
  /** Labels or values. */
  readonly predicted: readonly number[];
  /** Of a classifier, by row: of class 1 alone, else of each class. Without them a label is certain. */
  readonly probabilities?: readonly (readonly number[])[];
}

/** What a number of one row is made of: its truth, what was predicted, and the probabilities. */
export type OfRow = (
  actual: number,
  predicted: number,
  probabilities: readonly number[] | undefined,
) => number;

/** A number of each row, NaN where a model gave nothing for it. */
export function ofEachRow({ actual, predicted, probabilities }: Rows, ofRow: OfRow): number[] {
  return actual.map((truth, row) => ofRow(truth, predicted[row] ?? NaN, probabilities?.[row]));
}

/** Of a label, by a row's probabilities or the label that was predicted. */
export function probabilityOf(
  label: number,
  predicted: number,
  probabilities: readonly number[] | undefined,
): number {
  if (!probabilities) return predicted === label ? 1 : 0;
  const [ofOne = NaN] = probabilities;
  if (probabilities.length === 1) return label === 1 ? ofOne : 1 - ofOne;
  return probabilities[label] ?? 0;
}
