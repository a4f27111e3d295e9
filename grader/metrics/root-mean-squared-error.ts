import { meanOfRows } from './mean-of-rows.ts';
import { squaredError } from './regression-metrics.ts';
import type { Rows } from './rows.ts';

const meanSquaredError = meanOfRows(squaredError);

/**
 * The root of the mean squared error. Its standard error is that of the mean over twice the root, by the
 * delta method: Wasserman, All of Statistics, theorem 5.13. Where every row is exact it is 0.
 */
export const rootMeanSquaredError = {
  value: (rows: Rows) => Math.sqrt(meanSquaredError.value(rows)),
  standardError: (rows: Rows) => {
    const error = meanSquaredError.standardError(rows);
    return error === 0 ? 0 : error / (2 * rootMeanSquaredError.value(rows));
  },
};
