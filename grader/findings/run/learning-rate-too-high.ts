import { rule } from '../rule.ts';
import { curveOf } from './curve.ts';
import type { RunFacts } from './run-facts.ts';

/** The loss of training ends above where it began, or jumps up again and again. */
export const learningRateTooHigh = rule(
  'learning-rate-too-high',
  'error',
  ({ training, score }: RunFacts) => {
    const { history = [] } = training ?? {};
    const loss = curveOf(history, 'loss')?.values ?? [];
    const [first = 0] = loss;
    const last = loss.at(-1) ?? 0;
    if (loss.length < 3 || score.points === 5) return null;
    const rises = loss.filter(
      (value, at) => at > 0 && value > 1.1 * (loss[at - 1] ?? value),
    ).length;
    const isUnsteady = rises >= 3 && rises > (loss.length - 1) / 4;
    const isWorse = last > 1.1 * first;
    if (!isUnsteady && !isWorse) return null;
    return { rate: history[0]?.learningRate ?? 0, epochs: loss.length, rises, first, last };
  },
);
