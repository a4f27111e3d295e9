import { rule } from '../rule.ts';
import { judgedCurve, trainingCurve } from './curve.ts';
import type { RunFacts } from './run-facts.ts';

/** Nearly all training pictures are right and many held-out ones are not. */
export const memorisesPictures = rule('memorises-pictures', 'warning', (facts: RunFacts) => {
  const shares = sharesOf(facts);
  const { value: heldOut } = facts.score;
  if (!shares || shares.training - heldOut < 0.2) return null;
  return { training: shares.training, heldOut, isAugmented: facts.recipe?.augmentation !== null };
});

/** Pictures that were changed are harder than those that were not, by far. */
export const augmentationTooStrong = rule(
  'augmentation-too-strong',
  'warning',
  (facts: RunFacts) => {
    const shares = sharesOf(facts);
    const isHarder = shares !== null && shares.validation - shares.training > 0.1;
    return isHarder && facts.recipe?.augmentation ? shares : null;
  },
);

/** Accuracies of the epoch that was kept, where a training on pictures left points. */
function sharesOf(facts: RunFacts) {
  const { problem, training, recipe, score } = facts;
  const isOnPictures = recipe !== null && problem.task === 'multiclass';
  const curve = judgedCurve(facts);
  const own = curve && trainingCurve(facts, curve);
  if (!isOnPictures || !training || !own || curve.name === 'val_loss' || score.points >= 4) {
    return null;
  }
  const at = training.gradedEpoch - 1;
  return { training: own.values[at] ?? 0, validation: curve.values[at] ?? 0 };
}
