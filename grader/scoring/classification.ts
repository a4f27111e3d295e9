import type { BinaryDecisions, Calibration, ClassificationDetails } from '../contract.ts';
import { calibrationBins, calibrationError } from '../metrics/calibration.ts';
import { classRates, confusionMatrix, macroAverage } from '../metrics/classification-metrics.ts';
import {
  averagePrecision,
  decisionsAt,
  decisionSteps,
  precisionRecallPoints,
  rocPoints,
} from '../metrics/decision-curves.ts';
import { labelFigures } from '../metrics/figures.ts';
import { areProbabilities } from '../metrics/probabilities.ts';
import { rocAuc, rocAucOneVsRest } from '../metrics/ranking-metrics.ts';
import type { ReadLabels } from '../metrics/read-output.ts';

const confusionsShown = 12;
const rowsShown = 8;
/** Of a curve. */
const pointsShown = 200;
const thresholdsShown = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

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
    calibration: calibrationOf(actual, output),
    decisions: decisionsOf(actual, output),
  };
}

function calibrationOf(actual: readonly number[], output: ReadLabels): Calibration | null {
  const { predicted, probabilities } = output;
  if (!areProbabilities(probabilities)) return null;
  const isBinary = (probabilities[0]?.length ?? 0) <= 2;
  const said = probabilities.map((row) => (isBinary ? (row.at(-1) ?? NaN) : Math.max(...row)));
  const isSo = actual.map((label, row) => (isBinary ? label === 1 : label === predicted[row]));
  const bins = calibrationBins(said, isSo);
  return { of: isBinary ? 'class-1' : 'prediction', error: calibrationError(bins), bins };
}

function decisionsOf(
  actual: readonly number[],
  { probabilities }: ReadLabels,
): BinaryDecisions | null {
  if ((probabilities[0]?.length ?? 0) > 2 || !areProbabilities(probabilities)) return null;
  const isPositive = actual.map((label) => label === 1);
  const scores = probabilities.map((row) => row.at(-1) ?? NaN);
  const steps = decisionSteps(isPositive, scores);
  if (!steps) return null;
  const precisionRecall = precisionRecallPoints(steps);
  return {
    averagePrecision: averagePrecision(precisionRecall),
    roc: thinned(rocPoints(steps)),
    precisionRecall: thinned(precisionRecall),
    thresholds: thresholdsShown.map((threshold) => decisionsAt(threshold, isPositive, scores)),
  };
}

/** Evenly, both ends included. */
function thinned<Point>(points: readonly Point[]): Point[] {
  const last = points.length - 1;
  if (last < pointsShown) return [...points];
  const kept = new Set(
    Array.from({ length: pointsShown + 1 }, (_, at) => Math.round((at / pointsShown) * last)),
  );
  return points.filter((_, place) => kept.has(place));
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
