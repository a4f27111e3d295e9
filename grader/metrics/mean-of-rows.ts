import { wilsonInterval } from './interval.ts';
import { mean } from './regression-metrics.ts';
import { ofEachRow, type OfRow, type Rows } from './rows.ts';
import { standardErrorOfMean, standardErrorOfShare } from './standard-error.ts';

/** A metric that is the mean of one number of each row. */
export function meanOfRows(ofRow: OfRow) {
  return {
    ofRow,
    value: (rows: Rows) => mean(ofEachRow(rows, ofRow)),
    standardError: (rows: Rows) => standardErrorOfMean(ofEachRow(rows, ofRow)),
  };
}

/** A metric that is the share of the rows of which something is true: 1 or 0. */
export function shareOfRows(ofRow: OfRow) {
  return {
    ...meanOfRows(ofRow),
    standardError: (rows: Rows) => standardErrorOfShare(ofEachRow(rows, ofRow)),
    interval: (rows: Rows) => wilsonInterval(ofEachRow(rows, ofRow)),
  };
}
