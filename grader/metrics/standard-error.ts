import { mean } from './regression-metrics.ts';

/**
 * Standard error of a share of independent rows, each 1 or 0: sqrt(p (1 - p) / n), the binomial one
 * (Wald); e.g. Wasserman, All of Statistics, example 6.8.
 */
export function standardErrorOfShare(rows: readonly number[]): number {
  const share = mean(rows);
  return Math.sqrt((share * (1 - share)) / rows.length);
}

/**
 * Standard error of a mean of per-row losses: their standard deviation (n - 1) over sqrt(n), from the
 * central limit theorem; ibid., section 6.3. Neighbouring rows of a series are not independent, so for a
 * forecast it is a lower estimate. One row shows no spread: 0.
 */
export function standardErrorOfMean(losses: readonly number[]): number {
  if (losses.length < 2) return 0;
  const centre = mean(losses);
  const squares = losses.reduce((sum, loss) => sum + (loss - centre) ** 2, 0);
  return Math.sqrt(squares / (losses.length - 1) / losses.length);
}
