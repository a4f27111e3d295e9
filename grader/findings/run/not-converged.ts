import { rule } from '../rule.ts';
import { judgedCurve, lastWindows } from './curve.ts';
import type { RunFacts } from './run-facts.ts';

/** Still falling when the epochs were over: by a fiftieth and more from one tenth of them to the next. */
export const notConverged = rule('not-converged', 'warning', (facts: RunFacts) => {
  const { training, score } = facts;
  const stoppedBy = training?.stoppedBy;
  if ((stoppedBy !== 'epochs' && stoppedBy !== 'time-limit') || score.points === 5) return null;
  const curve = judgedCurve(facts);
  if (!curve || curve.errors.length < 2) return null;
  const { window, last, before } = lastWindows(curve.errors);
  const fall = (before - last) / before;
  const isLowest = last <= Math.min(...curve.errors) * 1.02;
  if (!(fall >= 0.02) || !isLowest) return null;
  const { name, errors } = curve;
  return { curve: name, epochs: errors.length, fall: fall / window, window, stoppedBy };
});
