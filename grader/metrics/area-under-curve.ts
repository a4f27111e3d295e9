import { averageRanks, rocAuc } from './ranking-metrics.ts';
import { mean } from './regression-metrics.ts';
import { ofEachRow, probabilityOf, type Rows } from './rows.ts';
import { standardErrorOfMean } from './standard-error.ts';

/**
 * The area under the ROC curve, of class 1 where there are two, else the mean of each class against the
 * rest; NaN where a class never occurs. Its standard error is that of the placements of the rows: E. R.
 * DeLong et al., Comparing the areas under two or more correlated receiver operating characteristic curves,
 * 1988.
 */
export const areaUnderCurve = {
  value: (rows: Rows) =>
    mean(rankedClasses(rows).map(({ isPositive, scores }) => rocAuc(isPositive, scores) ?? NaN)),
  standardError: (rows: Rows) => {
    const ofClasses = rankedClasses(rows).map(parts);
    return standardErrorOfMean(
      rows.actual.map((_, row) => mean(ofClasses.map((ofRows) => ofRows[row] ?? NaN))),
    );
  },
};

interface Ranked {
  readonly isPositive: readonly boolean[];
  readonly scores: readonly number[];
}

function rankedClasses(rows: Rows): readonly Ranked[] {
  const { actual, probabilities } = rows;
  const known = Math.max(1, probabilities?.[0]?.length ?? 1);
  const last = actual.reduce((most, label) => Math.max(most, label), known - 1);
  const labels = last === 1 ? [1] : Array.from({ length: last + 1 }, (_, label) => label);
  return labels.map((label) => ({
    isPositive: actual.map((truth) => truth === label),
    scores: ofEachRow(rows, (_, ...read) => probabilityOf(label, ...read)),
  }));
}

/**
 * What each row adds to the area: the share of the other kind that it is on the right side of, less the
 * area, by the share of its own kind.
 */
function parts({ isPositive, scores }: Ranked): readonly number[] {
  const area = rocAuc(isPositive, scores) ?? NaN;
  const among = averageRanks(scores);
  const kinds = [true, false].map((kind) => {
    const rows = scores.flatMap((_, row) => (isPositive[row] === kind ? [row] : []));
    const within = averageRanks(rows.map((row) => scores[row] ?? NaN));
    return { kind, rows, within };
  });
  const placements = new Array<number>(scores.length).fill(0);
  for (const { kind, rows, within } of kinds) {
    const others = scores.length - rows.length;
    rows.forEach((row, at) => {
      const below = ((among[row] ?? NaN) - (within[at] ?? NaN)) / others;
      placements[row] = ((kind ? below : 1 - below) - area) / (rows.length / scores.length);
    });
  }
  return placements;
}
