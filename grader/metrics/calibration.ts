import { wilsonInterval } from './interval.ts';
import { mean } from './regression-metrics.ts';

/** Rows whose probability lies in one tenth of 0 to 1. */
interface CalibrationBin {
  readonly count: number;
  /** The mean of the probabilities. */
  readonly said: number;
  /** How often it was so, and between what it lies with 95 %. */
  readonly seen: number;
  readonly low: number;
  readonly high: number;
}

const binCount = 10;

/**
 * How often what was given a probability is so, in tenths of the probability; empty tenths are left out.
 * Upper ends belong to a bin, as in M. P. Naeini et al., Obtaining well calibrated probabilities, 2015.
 */
export function calibrationBins(
  probabilities: readonly number[],
  isSo: readonly boolean[],
): CalibrationBin[] {
  const rowsOf = Array.from({ length: binCount }, (): number[] => []);
  probabilities.forEach((probability, row) => {
    const bin = Math.max(0, Math.ceil(probability * binCount) - 1);
    rowsOf[Math.min(bin, binCount - 1)]?.push(row);
  });
  return rowsOf
    .filter((rows) => rows.length > 0)
    .map((rows) => {
      const hits = rows.map((row) => (isSo[row] ? 1 : 0));
      const [low, high] = wilsonInterval(hits);
      const said = mean(rows.map((row) => probabilities[row] ?? NaN));
      return { count: rows.length, said, seen: mean(hits), low, high };
    });
}

/** The expected calibration error: how far both lie apart, each bin weighing as much as its rows. */
export function calibrationError(bins: readonly CalibrationBin[]): number {
  const rows = bins.reduce((sum, { count }) => sum + count, 0);
  return bins.reduce((sum, { count, said, seen }) => sum + count * Math.abs(said - seen), 0) / rows;
}
