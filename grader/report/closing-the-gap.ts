import type { Bar, GradeReport, RegressionDetails, ScoreResult } from '../contract.ts';
import { metricOf } from '../metrics/metric.ts';
import { earnPoints } from '../metrics/points.ts';
import { mean } from '../metrics/regression-metrics.ts';
import { ofEachRow } from '../metrics/rows.ts';
import { count, metricFormat, percent, significant } from '../text/numbers.ts';
import { shortened } from '../text/printable.ts';
import type { Words } from '../words/en.ts';

type Graded = Pick<GradeReport, 'problem' | 'profile'> & { readonly score: ScoreResult };

/**
 * What would earn the next point, by arithmetic on the predictions: how many answers more, and which
 * confusion they could come from; or in which part of the values most of the error lies. Empty at five
 * points, and where the metric is no mean over rows.
 */
export function closingTheGap(report: Graded, words: Words): string {
  const { score } = report;
  const next = score.bars.filter((bar) => bar.points > score.points).at(-1);
  if (!next || score.rows === 0) return '';
  const { details } = score;
  if (details.kind === 'regression') return ofValues({ ...report, details }, words);
  return ofLabels({ ...report, next }, words);
}

function ofLabels(
  { score, profile, next: { value: bar } }: Graded & { readonly next: Bar },
  { gap }: Words,
): string {
  const { details, rows } = score;
  if (details.kind !== 'classification') return '';
  const right = details.confusion.reduce((sum, row, label) => sum + (row[label] ?? 0), 0);
  // Other metrics are no counts of right answers.
  if (Math.abs(right / rows - score.value) > 1e-9) return '';
  const least = profile.inclusive
    ? Math.ceil(bar * rows - 1e-9)
    : Math.floor(bar * rows + 1e-9) + 1;
  const needed = least - right;
  const [worst] = details.confusions;
  if (!worst || needed <= 0) return '';
  const name = (label: number) => shortened(details.classes[label]?.name ?? String(label), 40);
  const confused = {
    times: count(worst.count),
    actual: name(worst.actual),
    predicted: name(worst.predicted),
  };
  const rest =
    needed > worst.count
      ? gap.worstConfusion({ ...confused, share: percent(worst.count / needed) })
      : gap.someOfConfusion({ ...confused, share: percent(needed / worst.count) });
  return `${gap.moreRight(needed, rows)} ${rest}`;
}

/** The part whose rows have the largest error, against the others. */
function ofValues(
  { problem, profile, details }: Graded & { readonly details: RegressionDetails },
  words: Words,
): string {
  const { ofRow, better } = metricOf(problem.metric.id);
  if (!ofRow || better !== 'lower' || details.actual.length === 0) return '';
  const losses = ofEachRow(details, ofRow);
  const parts = partsOf(details).map((part) => ({
    ...part,
    error: mean(part.rows.map((row) => losses[row] ?? NaN)),
  }));
  const worst = [...parts].sort((a, b) => b.error - a.error)[0];
  if (!worst) return '';
  const inside = new Set(worst.rows);
  const others = mean(losses.filter((_, row) => !inside.has(row)));
  if (worst.error < 1.25 * others) return '';
  const share = (worst.error * worst.rows.length) / losses.reduce((sum, loss) => sum + loss, 0);
  const format = metricFormat(profile, others);
  const { points } = earnPoints(others, profile, better);
  return words.gap.worstRange({
    rows: percent(worst.rows.length / losses.length),
    error: percent(share),
    range: words.gap.range(worst.lowest, worst.highest),
    metric: words.metricName(shortened(problem.metric.name, 40)),
    value: format(others),
    points,
  });
}

interface Part {
  /** Null at the open ends. */
  readonly lowest: string | null;
  readonly highest: string | null;
  readonly rows: readonly number[];
}

/** Quarters of the rows by their true value, lowest first. */
function partsOf({ actual }: RegressionDetails): Part[] {
  const order = actual.map((_, row) => row).sort((a, b) => (actual[a] ?? 0) - (actual[b] ?? 0));
  const edges = [0, 1, 2, 3, 4].map((quarter) => Math.round((quarter * order.length) / 4));
  return [0, 1, 2, 3].map((quarter) => {
    const rows = order.slice(edges[quarter], edges[quarter + 1]);
    const [lowest = 0, highest = 0] = [rows[0], rows.at(-1)].map((row) => actual[row ?? 0]);
    return {
      lowest: quarter === 0 ? null : significant(lowest, 3),
      highest: quarter === 3 ? null : significant(highest, 3),
      rows,
    };
  });
}
