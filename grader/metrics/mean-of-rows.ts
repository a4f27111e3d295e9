import { mean } from './regression-metrics.ts';
import { ofEachRow, type OfRow, type Rows } from './rows.ts';
import { standardErrorOfMean } from './standard-error.ts';

/** A metric that is the mean of one number of each row. */
export function meanOfRows(
  ofRow: OfRow,
  standardError: (ofRows: readonly number[]) => number = standardErrorOfMean,
) {
  return {
    ofRow,
    value: (rows: Rows) => mean(ofEachRow(rows, ofRow)),
    standardError: (rows: Rows) => standardError(ofEachRow(rows, ofRow)),
  };
}
