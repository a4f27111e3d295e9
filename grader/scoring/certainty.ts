import type { Certainty, Profile } from '../contract.ts';
import { type MetricId, metricOf } from '../metrics/metric.ts';
import { earnPoints } from '../metrics/points.ts';
import type { Rows } from '../metrics/rows.ts';
import { percentiles, resample, resampledValue } from './resample.ts';

interface Scored {
  readonly rows: Rows;
  readonly profile: Profile;
  readonly isSeries: boolean;
}

/** How far other held-out rows of the same kind could move the metric, and what points they would earn. */
export function certaintyOf(id: MetricId, { rows, profile, isSeries }: Scored): Certainty {
  const metric = metricOf(id);
  const count = rows.actual.length;
  const values = resample(resampledValue(id, rows), { count, isSeries });
  const earned = values.map((value) => earnPoints(value, profile, metric.better).points);
  const points = [0, 1, 2, 3, 4, 5].map(
    (each) => earned.filter((one) => one === each).length / earned.length,
  );
  const own = metric.interval?.(rows);
  const [low, high] = own ?? percentiles(values);
  const method = own ? 'wilson' : isSeries ? 'block-bootstrap' : 'bootstrap';
  return { low, high, method, resamples: values.length, points };
}
