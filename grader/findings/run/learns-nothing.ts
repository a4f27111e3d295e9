import { rule } from '../rule.ts';
import { curveOf } from './curve.ts';
import type { RunFacts } from './run-facts.ts';

/** The loss of training is the same in every epoch: no gradient arrives at any weight. */
export const learnsNothing = rule('learns-nothing', 'error', ({ training, score }: RunFacts) => {
  const loss = curveOf(training?.history ?? [], 'loss')?.values ?? [];
  if (loss.length < 3 || score.points > 0) return null;
  const [highest, lowest] = [Math.max(...loss), Math.min(...loss)];
  const isFlat = highest - lowest <= 1e-3 * Math.abs(highest);
  return isFlat ? { epochs: loss.length, loss: lowest } : null;
});
