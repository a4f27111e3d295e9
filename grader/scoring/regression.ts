import type { RegressionDetails } from '../contract.ts';
import {
  absoluteErrors,
  huberLosses,
  mean,
  r2,
  squaredErrors,
} from '../metrics/regression-metrics.ts';

/** Everything the report says about a regression or forecast. */
export function regressionDetails(
  actual: readonly number[],
  predicted: readonly number[],
  labels: readonly string[] | undefined,
): RegressionDetails {
  const mse = mean(squaredErrors(actual, predicted));
  return {
    kind: 'regression',
    mae: mean(absoluteErrors(actual, predicted)),
    mse,
    rmse: Math.sqrt(mse),
    r2: r2(actual, predicted),
    huber: mean(huberLosses(actual, predicted)),
    actual,
    predicted,
    ...(labels ? { labels } : {}),
  };
}
