import type { BarResult, Profile } from '../contract.ts';
import type { Better } from './metric.ts';

interface Earned {
  /** 0 to 5. */
  readonly points: number;
  readonly bars: readonly BarResult[];
}

/** Points that a metric value earns: the highest bar it reaches; a NaN reaches none. */
export function earnPoints(value: number, profile: Profile, better: Better): Earned {
  const bars = profile.bars.map((bar) => ({
    ...bar,
    reached: reaches(value, bar.value, { better, inclusive: profile.inclusive }),
  }));
  const points = bars.reduce((most, bar) => (bar.reached ? Math.max(most, bar.points) : most), 0);
  return { points, bars };
}

function reaches(
  value: number,
  bar: number,
  rule: { readonly better: Better; readonly inclusive: boolean },
): boolean {
  if (value === bar) return rule.inclusive;
  return rule.better === 'lower' ? value < bar : value > bar;
}
