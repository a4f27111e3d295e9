import type { RegressionDetails } from '../contract.ts';
import { valueFigures } from '../metrics/figures.ts';

/** Everything the report says about a regression or forecast. */
export function regressionDetails(
  actual: readonly number[],
  predicted: readonly number[],
  labels: readonly string[] | undefined,
): RegressionDetails {
  return {
    kind: 'regression',
    ...valueFigures(actual, predicted),
    actual,
    predicted,
    ...(labels ? { labels } : {}),
  };
}
