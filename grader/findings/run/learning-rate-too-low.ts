import { rule } from '../rule.ts';
import { curveOf } from './curve.ts';
import type { RunFacts } from './run-facts.ts';

/** The loss of training falls almost in a straight line, and has not come half way. */
export const learningRateTooLow = rule(
  'learning-rate-too-low',
  'error',
  ({ training, score }: RunFacts) => {
    const { history = [] } = training ?? {};
    const loss = curveOf(history, 'loss')?.values ?? [];
    const epochs = loss.length;
    const [first = 0] = loss;
    const last = loss.at(-1) ?? 0;
    if (epochs < 5 || score.points >= 4 || last < 0.5 * first) return null;
    const falls = loss.filter((value, at) => at > 0 && value < (loss[at - 1] ?? value)).length;
    const middle = loss[Math.floor((epochs - 1) / 2)] ?? 0;
    const isStraight = middle - last > 0.6 * (first - middle);
    const isSteady = falls >= 0.9 * (epochs - 1) && first - last > 1e-3 * Math.abs(first);
    return isSteady && isStraight
      ? { rate: history[0]?.learningRate ?? 0, epochs, first, last }
      : null;
  },
);
