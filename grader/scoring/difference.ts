import type { Difference } from '../contract.ts';
import { type MetricId, metricOf } from '../metrics/metric.ts';
import type { Rows } from '../metrics/rows.ts';
import { percentiles, resample, resampledValue } from './resample.ts';

interface Compared {
  /** Two models' outputs for the same rows. */
  readonly now: Rows;
  readonly then: Rows;
  readonly isSeries: boolean;
}

/**
 * How much better or worse a model is than an earlier one, and how far other held-out rows could move that:
 * each resample draws the same rows for both, so that what is hard for both does not count (B. Efron and
 * R. J. Tibshirani, An introduction to the bootstrap, 1993, 16.4).
 */
export function differenceOf(id: MetricId, { now, then, isSeries }: Compared): Difference {
  const { value: valueOf, better } = metricOf(id);
  const [ofNow, ofThen] = [resampledValue(id, now), resampledValue(id, then)];
  const values = resample(
    {
      resamples: ofNow.resamples,
      value: (drawn) => ofNow.value(drawn) - ofThen.value(drawn),
    },
    { count: now.actual.length, isSeries },
  );
  const [low, high] = percentiles(values);
  const isBetter = (value: number) => (better === 'lower' ? value < 0 : value > 0);
  return {
    ...{ value: valueOf(now) - valueOf(then), low, high },
    method: isSeries ? 'paired-block-bootstrap' : 'paired-bootstrap',
    resamples: values.length,
    better: values.filter(isBetter).length / values.length,
  };
}
