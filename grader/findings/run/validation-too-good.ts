import { rule } from '../rule.ts';
import { judgedCurve } from './curve.ts';
import type { RunFacts } from './run-facts.ts';

/** The validation part promised far more than the held-out part kept: by half its error and chance. */
export const validationTooGood = rule('validation-too-good', 'warning', (facts: RunFacts) => {
  const { problem, training, score } = facts;
  const curve = judgedCurve(facts);
  if (!training || !curve || curve.name === 'val_loss' || score.points === 5) return null;
  const at = training.gradedEpoch - 1;
  const isShare = problem.metric.better === 'higher';
  const heldOut = isShare ? 1 - score.value : score.value;
  const validation = curve.errors[at] ?? heldOut;
  const isChance = heldOut - validation < 4 * score.standardError;
  if (isChance || heldOut < 1.5 * validation) return null;
  const { name } = problem.metric;
  return { metric: name, validation: curve.values[at] ?? NaN, heldOut: score.value };
});
