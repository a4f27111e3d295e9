import { rule } from '../rule.ts';
import { curveOf, judgedCurve, trendOf } from './curve.ts';
import type { RunFacts } from './run-facts.ts';

/** A callback ended the training while the model was still learning. */
export const stoppedTooEarly = rule('stopped-too-early', 'warning', (facts: RunFacts) => {
  const { training, recipe, score } = facts;
  const { stoppedBy, history = [] } = training ?? {};
  if (stoppedBy !== 'early-stopping' && stoppedBy !== 'stop-when') return null;
  const loss = curveOf(history, 'loss');
  const curve = judgedCurve(facts);
  if (!loss || !curve || loss.values.length < 2 || score.points === 5) return null;
  const { fall } = trendOf(loss.values);
  // Where validation has become worse by more than noise, stopping was right.
  const isBest = (curve.errors.at(-1) ?? 0) <= 1.1 * Math.min(...curve.errors);
  const epochs = history.length;
  const asked = recipe?.fit.epochs ?? epochs;
  if (fall < 0.04 || !isBest || epochs > asked / 2) return null;
  return { curve: curve.name, epochs, asked, stoppedBy, fall };
});
