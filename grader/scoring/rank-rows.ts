import type { RankedRows, Task } from '../contract.ts';
import { isClassification } from '../contract/task.ts';
import { areProbabilities } from '../metrics/probabilities.ts';
import { ofEachRow, probabilityOf, type Rows } from '../metrics/rows.ts';

/**
 * All rows, the worst first. A value is the worse the further it is off; a label is, the less its true class
 * was given of the probability. Scores that are no probabilities are ranked by how far the predicted
 * class lies above the true one. Of equals the earlier row comes first.
 */
export function rankRows(rows: Rows, task: Task): RankedRows {
  const outputs = rows.probabilities;
  const hasShares = outputs !== undefined && areProbabilities(outputs);
  const ofActual = ofEachRow(rows, probabilityOf);
  const ofPredicted = ofEachRow(rows, (_, label, shares) => probabilityOf(label, label, shares));
  const badness = rows.actual.map((actual, row) => {
    if (!isClassification(task)) return Math.abs((rows.predicted[row] ?? NaN) - actual);
    if (hasShares) return -(ofActual[row] ?? NaN);
    return (ofPredicted[row] ?? NaN) - (ofActual[row] ?? NaN);
  });
  const order = badness
    .map((_, row) => row)
    .sort((one, other) => (badness[other] ?? 0) - (badness[one] ?? 0) || one - other);
  const ranked = (values: readonly number[]) => order.map((row) => values[row] ?? NaN);
  return {
    rows: order,
    actual: ranked(rows.actual),
    predicted: ranked(rows.predicted),
    confidence: hasShares ? ranked(ofPredicted) : null,
    ofActual: hasShares ? ranked(ofActual) : null,
  };
}
