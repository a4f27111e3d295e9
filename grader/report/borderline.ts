import type { GradeReport } from '../contract.ts';
import { chanceOf } from './view/thresholds.ts';

/** Single-precision sums in another order differ by some millionths of a value; this has room for ten. */
const rounding = 1e-5;

/**
 * Whether another processor or number of threads may put a score on the other side of the points asked
 * for. What was trained may come out anywhere in its interval of 95%, since the least difference grows
 * from step to step; a model that was handed in only moves by rounding.
 */
export function isBorderline({ score, training }: GradeReport, points: number): boolean {
  const bar = score?.bars.find((each) => each.points === points);
  if (!score || !bar) return false;
  if (training === null) {
    return Math.abs(score.value - bar.value) <= rounding * Math.abs(bar.value);
  }
  const chance = chanceOf(score, points);
  return chance > 0.025 && chance < 0.975;
}
