import type { FindingFigures } from '../../contract.ts';
import { rule } from '../rule.ts';
import { judgedCurve, lastLevel, lowestAt, smoothed, trainingCurve } from './curve.ts';
import type { RunFacts } from './run-facts.ts';

/** Validation became worse while training became better, and the epoch that was kept shows it. */
export const overFitting = rule('over-fitting', 'warning', (facts: RunFacts) => {
  const figures = keptAfterBest(facts);
  return figures && isTrend(facts) ? figures : null;
});

/** The epoch that was kept is not the best one, by chance rather than by a trend. */
export const epochKept = rule('epoch-kept', 'warning', (facts: RunFacts) => {
  const figures = keptAfterBest(facts);
  return figures && !isTrend(facts) ? figures : null;
});

/** Null where the epoch kept is within a twentieth of the best, or nothing was left to win. */
function keptAfterBest(facts: RunFacts): FindingFigures['over-fitting'] | null {
  const { training, score } = facts;
  const curve = judgedCurve(facts);
  if (!training || !curve || score.points === 5 || curve.errors.length < 4) return null;
  const best = lowestAt(curve.errors);
  const kept = training.gradedEpoch - 1;
  const [bestError = 0, keptError = 0] = [curve.errors[best], curve.errors[kept]];
  // A hundredth of the answers may be chance.
  const least = curve.isShare ? Math.max(0.01, 0.05 * bestError) : 0.05 * bestError;
  if (!(keptError - bestError > least)) return null;
  return {
    curve: curve.name,
    best: best + 1,
    bestValue: curve.values[best] ?? NaN,
    kept: kept + 1,
    keptValue: curve.values[kept] ?? NaN,
    epochs: curve.errors.length,
  };
}

function isTrend(facts: RunFacts): boolean {
  const curve = judgedCurve(facts);
  const training = curve && trainingCurve(facts, curve);
  if (!curve || !training) return false;
  const errors = smoothed(curve.errors);
  const best = lowestAt(errors);
  const isEarly = best < 0.8 * errors.length;
  const isRising = lastLevel(errors) > 1.1 * (errors[best] ?? Infinity);
  const stillLearns = lastLevel(training.errors) < (training.errors[best] ?? 0);
  return isEarly && isRising && stillLearns;
}
