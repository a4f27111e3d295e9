import { rule } from '../rule.ts';
import { judgedCurve, lowestAt, trendOf } from './curve.ts';
import type { RunFacts } from './run-facts.ts';

/** Still falling when the epochs were over: by a twenty-fifth and more over the last fifth of them. */
export const notConverged = rule('not-converged', 'warning', (facts: RunFacts) => {
  const { training, score } = facts;
  const stoppedBy = training?.stoppedBy;
  if ((stoppedBy !== 'epochs' && stoppedBy !== 'time-limit') || score.points === 5) return null;
  const curve = judgedCurve(facts);
  // Whatever is never wrong cannot become better.
  if (!curve || curve.errors.length < 2 || Math.min(...curve.errors) === 0) return null;
  const { name, errors, isShare } = curve;
  const { window, fall } = trendOf(errors);
  const isBestLate = lowestAt(errors) >= errors.length - Math.ceil(window / 2);
  if (!(fall * (window - 1) >= 0.04) || !isBestLate) return null;
  return { curve: name, isShare, epochs: errors.length, fall, window, stoppedBy };
});
