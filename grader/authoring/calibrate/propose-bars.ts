import type { Bar } from '../../contract.ts';
import { GraderError } from '../../errors.ts';
import type { Measured } from '../../metrics/measure.ts';
import type { Spread } from './chances.ts';

/** Of a normal distribution, 5 % beyond on one side. */
const z = 1.645;

/** What was measured, and whether more is better: 1, else -1. */
export interface MeasuredAll {
  readonly weakest: Spread;
  readonly constant: Measured;
  readonly starter: Measured;
  readonly sign: 1 | -1;
}

/** Five thresholds, from 5 points to 1, rounded to a tenth of the step between them. Throws as `calibrate` does. */
export function proposeBars({ weakest, constant, starter, sign }: MeasuredAll): readonly Bar[] {
  const { mean, deviation, standardError, values } = weakest;
  const bySeed = (deviation ?? 0) ** 2 * (1 + 1 / values.length);
  const five = mean - sign * z * Math.sqrt(bySeed + standardError ** 2);
  const idle = [constant, starter].map((each) => each.value + sign * z * each.standardError);
  const one = sign === 1 ? Math.max(...idle) : Math.min(...idle);
  const step = (five - one) / 4;
  if (!(sign * step > 0)) throw notToldApart(five, one);
  const decimals = Math.max(0, Math.ceil(-Math.log10(Math.abs(step) / 10)));
  return ([5, 4, 3, 2, 1] as const).map((points) => ({
    points,
    value: Number((one + (points - 1) * step).toFixed(decimals)),
  }));
}

function notToldApart(five: number, one: number): GraderError {
  const [strong, weak] = [five, one].map((value) => Number(value.toPrecision(4)));
  return new GraderError({
    fault: 'package',
    code: 'not-told-apart',
    message: `No thresholds tell the reference from what has learned nothing: the one stays at ${strong} with 95 %, the other at ${weak}.`,
    help: 'Take more held-out rows, a better reference or a weaker starter.',
  });
}
