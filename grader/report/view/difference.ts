import type { Difference, GradeReport } from '../../contract.ts';
import { fixed, metricFormat, percent, signed } from '../../text/numbers.ts';
import type { Words } from '../../words/en.ts';

/** Whether a difference is more than chance: whether the interval leaves out none at all. */
function isBeyondChance({ low, high }: Difference): boolean {
  return low > 0 || high < 0;
}

interface Measured {
  readonly difference: Difference;
  readonly rows: number;
}

/** How much better or worse the metric has become, how sure that is, in one sentence. */
export function differenceSentence(
  { problem, profile }: Pick<GradeReport, 'problem' | 'profile'>,
  { difference, rows }: Measured,
  words: Words,
): string {
  const { value, low, high, better } = difference;
  if (value === 0 && low === 0 && high === 0) return words.since.equal(fixed(rows, 0));
  const format = metricFormat(profile);
  const isBetter = problem.metric.better === 'lower' ? value < 0 : value > 0;
  return words.since.difference({
    value: signed(value, format),
    low: signed(low, format),
    high: signed(high, format),
    rows: fixed(rows, 0),
    trend: isBeyondChance(difference) ? (isBetter ? 'better' : 'worse') : 'unsure',
    share: percent(better),
  });
}
