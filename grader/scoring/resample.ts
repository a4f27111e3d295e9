import { type MetricId, metricOf } from '../metrics/metric.ts';
import type { Interval } from '../metrics/interval.ts';
import { ofEachRow, type Rows } from '../metrics/rows.ts';
import { type Random, seededRandom } from '../random.ts';

/** The value of a metric for rows that were drawn, and how many draws take a moment. */
interface Resampled {
  readonly resamples: number;
  readonly value: (drawn: Int32Array) => number;
}

/** As many resamples as take a moment: metrics that are means of rows are quick. */
export function resampledValue(id: MetricId, rows: Rows): Resampled {
  const { ofRow, value } = metricOf(id);
  if (ofRow) {
    const ofRows = Float64Array.from(ofEachRow(rows, ofRow));
    return {
      resamples: within([500, 2000], 1e7 / ofRows.length),
      value: (drawn) => meanOf(ofRows, drawn),
    };
  }
  return {
    resamples: within([100, 1000], 5e5 / rows.actual.length),
    value: (drawn) => value(picked(rows, drawn)),
  };
}

function within([least, most]: readonly [number, number], count: number): number {
  return Math.max(least, Math.min(most, Math.round(count)));
}

interface Drawn {
  /** Rows that there are. */
  readonly count: number;
  /** Neighbouring rows of a series are alike, and are drawn together. */
  readonly isSeries: boolean;
}

/**
 * The values of resamples that are finite: by the bootstrap (B. Efron, Bootstrap methods, 1979). A series is
 * resampled in blocks around a circle (D. N. Politis and J. P. Romano, 1992) of n^(1/3) rows (P. Hall et
 * al., On blocking rules for the bootstrap with dependent data, 1995).
 */
export function resample({ resamples, value }: Resampled, { count, isSeries }: Drawn): number[] {
  const drawn = new Int32Array(count);
  const block = isSeries ? Math.ceil(Math.cbrt(count)) : 1;
  const random = seededRandom(1);
  return Array.from({ length: resamples }, () => value(draw(drawn, block, random))).filter(
    Number.isFinite,
  );
}

/** 2.5 % of the values lie beyond either end. */
export function percentiles(values: readonly number[]): Interval {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] ?? NaN;
  return [at(0.025), at(0.975)];
}

function meanOf(ofRows: Float64Array, drawn: Int32Array): number {
  let sum = 0;
  for (const row of drawn) sum += ofRows[row] ?? NaN;
  return sum / drawn.length;
}

/** Row numbers, in blocks that go around. */
function draw(drawn: Int32Array, block: number, random: Random): Int32Array {
  const count = drawn.length;
  for (let from = 0; from < count; from += block) {
    let row = Math.floor(random() * count);
    const to = Math.min(from + block, count);
    for (let at = from; at < to; at++) {
      drawn[at] = row;
      row = row + 1 === count ? 0 : row + 1;
    }
  }
  return drawn;
}

function picked({ actual, predicted, probabilities }: Rows, drawn: Int32Array): Rows {
  const from = <Value>(values: readonly Value[]) =>
    Array.from(drawn).flatMap((row) => {
      const value = values[row];
      return value === undefined ? [] : [value];
    });
  return {
    ...{ actual: from(actual), predicted: from(predicted) },
    ...(probabilities ? { probabilities: from(probabilities) } : {}),
  };
}
