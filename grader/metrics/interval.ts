import { mean } from './regression-metrics.ts';

/** Lowest and highest. */
export type Interval = readonly [low: number, high: number];

/** Of a normal distribution, 2.5 % beyond on either side. */
const z = 1.959964;

/**
 * The interval of 95 % for a share of independent rows, each 1 or 0: E. B. Wilson, Probable inference, the
 * law of succession, and statistical inference, 1927. It never leaves 0 to 1 and holds for few rows as well.
 */
export function wilsonInterval(rows: readonly number[]): Interval {
  const count = rows.length;
  const share = mean(rows);
  const centre = share + z ** 2 / (2 * count);
  const reach = z * Math.sqrt((share * (1 - share)) / count + z ** 2 / (4 * count ** 2));
  const scale = 1 + z ** 2 / count;
  return [Math.max(0, (centre - reach) / scale), Math.min(1, (centre + reach) / scale)];
}
