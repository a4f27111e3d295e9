import type { Bar, GradeReport, RegressionDetails, ScoreResult } from '../contract.ts';
import { metricOf } from '../metrics/metric.ts';
import { earnPoints } from '../metrics/points.ts';
import { mean } from '../metrics/regression-metrics.ts';
import { ofEachRow } from '../metrics/rows.ts';
import { count, metricFormat, percent, plural, significant } from '../text/numbers.ts';
import { shortened } from '../text/printable.ts';

type Graded = Pick<GradeReport, 'problem' | 'profile'> & { readonly score: ScoreResult };

/**
 * What would earn the next point, by arithmetic on the predictions: how many answers more, and which
 * confusion they could come from; or in which part of the values most of the error lies. Empty at five
 * points, and where the metric is no mean over rows.
 */
export function closingTheGap(report: Graded): string {
  const { score } = report;
  const next = score.bars.filter((bar) => bar.points > score.points).at(-1);
  if (!next || score.rows === 0) return '';
  const { details } = score;
  if (details.kind === 'regression') return ofValues(report, details);
  return ofLabels(report, next);
}

function ofLabels({ score, profile }: Graded, { value: bar }: Bar): string {
  const { details, rows } = score;
  if (details.kind !== 'classification') return '';
  const right = details.confusion.reduce((sum, row, label) => sum + (row[label] ?? 0), 0);
  // Other metrics are no counts of right answers.
  if (Math.abs(right / rows - score.value) > 1e-9) return '';
  const least = profile.inclusive
    ? Math.ceil(bar * rows - 1e-9)
    : Math.floor(bar * rows + 1e-9) + 1;
  const needed = least - right;
  const asked = `That is ${plural(needed, 'more right answer')} of ${count(rows)}.`;
  const [worst] = details.confusions;
  if (!worst || needed <= 0) return '';
  const name = (label: number) =>
    `"${shortened(details.classes[label]?.name ?? String(label), 40)}"`;
  const confused = `${count(worst.count)} times ${name(worst.actual)} was taken for ${name(worst.predicted)}`;
  if (needed > worst.count) {
    return `${asked} The most frequent error, ${confused}, is ${percent(worst.count / needed)} of that.`;
  }
  return `${asked} ${confused}: ${percent(needed / worst.count)} of these would do.`;
}

/** The part whose rows have the largest error, against the others. */
function ofValues({ problem, profile }: Graded, details: RegressionDetails): string {
  const { ofRow, better } = metricOf(problem.metric.id);
  if (!ofRow || better !== 'lower') return '';
  const losses = ofEachRow(details, ofRow);
  const parts = partsOf(details).map(({ words, rows }) => ({
    words,
    rows,
    error: mean(rows.map((row) => losses[row] ?? NaN)),
  }));
  const worst = [...parts].sort((a, b) => b.error - a.error)[0];
  if (!worst) return '';
  const inside = new Set(worst.rows);
  const others = mean(losses.filter((_, row) => !inside.has(row)));
  if (worst.error < 1.25 * others) return '';
  const share = (worst.error * worst.rows.length) / losses.reduce((sum, loss) => sum + loss, 0);
  const format = metricFormat(profile, others);
  const { points } = earnPoints(others, profile, better);
  return `${percent(worst.rows.length / losses.length)} of the rows, ${worst.words}, make ${percent(share)} of the error. Were they predicted as well as the others, the ${shortened(problem.metric.name, 40)} would be ${format(others)}: ${plural(points, 'point')}.`;
}

interface Part {
  readonly words: string;
  readonly rows: readonly number[];
}

/** Quarters of the rows by their true value, lowest first. */
function partsOf({ actual }: RegressionDetails): Part[] {
  const order = actual.map((_, row) => row).sort((a, b) => (actual[a] ?? 0) - (actual[b] ?? 0));
  const edges = [0, 1, 2, 3, 4].map((quarter) => Math.round((quarter * order.length) / 4));
  return [0, 1, 2, 3].map((quarter) => {
    const rows = order.slice(edges[quarter], edges[quarter + 1]);
    const [lowest = 0, highest = 0] = [rows[0], rows.at(-1)].map((row) => actual[row ?? 0]);
    return { words: rangeWords(quarter, significant(lowest, 3), significant(highest, 3)), rows };
  });
}

function rangeWords(quarter: number, lowest: string, highest: string): string {
  if (quarter === 0) return `those with true values up to ${highest}`;
  if (quarter === 3) return `those with true values from ${lowest} up`;
  return `those with true values from ${lowest} to ${highest}`;
}
