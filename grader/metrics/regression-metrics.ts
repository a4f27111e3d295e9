/** |predicted - actual|. */
export function absoluteError(actual: number, predicted: number): number {
  return Math.abs(predicted - actual);
}

/** (predicted - actual) squared. */
export function squaredError(actual: number, predicted: number): number {
  const error = predicted - actual;
  return error * error;
}

/** Huber loss of each row: quadratic up to `delta`, linear beyond. */
export function huberLosses(
  actual: readonly number[],
  predicted: readonly number[],
  delta = 1,
): number[] {
  return actual.map((value, row) => {
    const error = absoluteError(value, predicted[row] ?? NaN);
    return error <= delta ? 0.5 * error * error : delta * error - 0.5 * delta * delta;
  });
}

/**
 * Coefficient of determination. Of a constant truth it is 1 where every row is exact and else 0, as
 * in scikit-learn; of fewer than two rows it is undefined: null.
 */
export function r2(actual: readonly number[], predicted: readonly number[]): number | null {
  if (actual.length < 2) return null;
  const centre = mean(actual);
  const residual = total(actual.map((value, row) => squaredError(value, predicted[row] ?? NaN)));
  const spread = total(actual.map((value) => (value - centre) ** 2));
  if (spread === 0) return residual === 0 ? 1 : 0;
  return 1 - residual / spread;
}

export function mean(values: readonly number[]): number {
  return total(values) / values.length;
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
