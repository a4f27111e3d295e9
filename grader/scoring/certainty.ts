import type { Certainty, Profile } from '../contract.ts';
import type { Interval } from '../metrics/interval.ts';
import { type MetricId, metricOf } from '../metrics/metric.ts';
import { earnPoints } from '../metrics/points.ts';
import { ofEachRow, type Rows } from '../metrics/rows.ts';
import { type Random, seededRandom } from '../random.ts';

interface Scored {
  readonly rows: Rows;
  readonly profile: Profile;
  /** Neighbouring rows of a series are alike, and are drawn together. */
  readonly isSeries: boolean;
}

/**
 * How far other held-out rows of the same kind could move the metric, and what points they would earn: by
 * the bootstrap (B. Efron, Bootstrap methods, 1979), 2.5 % of the resamples beyond either end. A series is
 * resampled in blocks around a circle (D. N. Politis and J. P. Romano, 1992) of n^(1/3) rows (P. Hall et
 * al., On blocking rules for the bootstrap with dependent data, 1995).
 */
export function certaintyOf(id: MetricId, { rows, profile, isSeries }: Scored): Certainty {
  const metric = metricOf(id);
  const valueOf = resampledValue(id, rows);
  const count = rows.actual.length;
  const drawn = new Int32Array(count);
  const block = isSeries ? Math.ceil(Math.cbrt(count)) : 1;
  const random = seededRandom(1);
  const values = Array.from({ length: valueOf.resamples }, () =>
    valueOf.value(draw(drawn, block, random)),
  ).filter(Number.isFinite);
  const earned = values.map((value) => earnPoints(value, profile, metric.better).points);
  const points = [0, 1, 2, 3, 4, 5].map(
    (each) => earned.filter((one) => one === each).length / earned.length,
  );
  const own = metric.interval?.(rows);
  const [low, high] = own ?? percentiles(values);
  const method = own ? 'wilson' : isSeries ? 'block-bootstrap' : 'bootstrap';
  return { low, high, method, resamples: values.length, points };
}

/** Metrics that are means of rows are quick; of the others there are as many resamples as take a moment. */
function resampledValue(id: MetricId, rows: Rows) {
  const { ofRow, value } = metricOf(id);
  if (ofRow) {
    const ofRows = Float64Array.from(ofEachRow(rows, ofRow));
    return { resamples: 2000, value: (drawn: Int32Array) => meanOf(ofRows, drawn) };
  }
  return {
    resamples: Math.max(100, Math.min(1000, Math.round(5e5 / rows.actual.length))),
    value: (drawn: Int32Array) => value(picked(rows, drawn)),
  };
}

function meanOf(ofRows: Float64Array, drawn: Int32Array): number {
  let sum = 0;
  for (const row of drawn) sum += ofRows[row] ?? NaN;
  return sum / drawn.length;
}

/** Row numbers, in blocks that go around. */
function draw(drawn: Int32Array, block: number, random: Random): Int32Array {
  const count = drawn.length;
  for (let at = 0, row = 0; at < count; at++) {
    row = at % block === 0 ? Math.floor(random() * count) : (row + 1) % count;
    drawn[at] = row;
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

function percentiles(values: readonly number[]): Interval {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] ?? NaN;
  return [at(0.025), at(0.975)];
}
