import type { ClassificationDetails } from '../contract.ts';
import { classRates, confusionMatrix, macroAverage } from '../metrics/classification-metrics.ts';
import { labelFigures } from '../metrics/figures.ts';
import { rocAuc, rocAucOneVsRest } from '../metrics/ranking-metrics.ts';
import type { ReadLabels } from '../metrics/read-output.ts';

const confusionsShown = 12;
const rowsShown = 8;

/** Everything the report says about a classifier. */
export function classificationDetails(
  actual: readonly number[],
  output: ReadLabels,
  names: readonly string[],
): ClassificationDetails {
  const confusion = confusionMatrix(actual, output.predicted, names.length);
  const rates = classRates(confusion);
  return {
    kind: 'classification',
    ...labelFigures(actual, output.predicted),
    confusion,
    classes: rates.map((rate, label) => ({ name: names[label] ?? String(label), ...rate })),
    macroF1: macroAverage(rates).f1,
    rocAuc: areaOf(actual, output.probabilities),
    confusions: worstConfusions(actual, output.predicted),
  };
}

function areaOf(
  actual: readonly number[],
  probabilities: readonly (readonly number[])[],
): number | null {
  const columns = probabilities[0]?.length ?? 0;
  if (columns > 2) return rocAucOneVsRest(actual, probabilities);
  return rocAuc(
    actual.map((label) => label === 1),
    probabilities.map((row) => row[columns - 1] ?? 0),
  );
}

function worstConfusions(
  actual: readonly number[],
  predicted: readonly number[],
): ClassificationDetails['confusions'] {
  const byPair = new Map<string, { actual: number; predicted: number; rows: number[] }>();
  actual.forEach((label, row) => {
    const other = predicted[row] ?? -1;
    if (other === label) return;
    const key = `${label}/${other}`;
    const pair = byPair.get(key) ?? { actual: label, predicted: other, rows: [] };
    pair.rows.push(row);
    byPair.set(key, pair);
  });
  return [...byPair.values()]
    .sort(
      (a, b) => b.rows.length - a.rows.length || a.actual - b.actual || a.predicted - b.predicted,
    )
    .slice(0, confusionsShown)
    .map((pair) => ({
      actual: pair.actual,
      predicted: pair.predicted,
      count: pair.rows.length,
      rows: pair.rows.slice(0, rowsShown),
    }));
}
