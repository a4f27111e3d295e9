import { mean, r2, squaredError } from './regression-metrics.ts';
import { ofEachRow, type Rows } from './rows.ts';
import { standardErrorOfMean } from './standard-error.ts';

/**
 * The coefficient of determination, 1 - a / b with a the mean squared error and b the variance of the truth.
 * Its standard error is that of a ratio of two means, by the delta method (Cochran, Sampling Techniques,
 * section 2.11): of each row's a - (a / b) b, over b. Of a constant truth it is 0.
 */
export const determination = {
  value: ({ actual, predicted }: Rows) => r2(actual, predicted) ?? NaN,
  standardError: (rows: Rows) => {
    const centre = mean(rows.actual);
    const errors = ofEachRow(rows, squaredError);
    const spreads = rows.actual.map((value) => squaredError(value, centre));
    const spread = mean(spreads);
    if (spread === 0) return 0;
    const ratio = mean(errors) / spread;
    const rest = errors.map((error, row) => error - ratio * (spreads[row] ?? NaN));
    return standardErrorOfMean(rest) / spread;
  },
};
