import type { Augmentation, ShiftRange } from '../../contract.ts';
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

/** The pictures are augmented so little that they are learnt by heart all the same. */
export const augmentationTooWeak = rule('augmentation-too-weak', 'warning', (facts: RunFacts) => {
  const shares = sharesOf(facts);
  const { augmentation } = facts.recipe ?? {};
  const { value: heldOut } = facts.score;
  if (!shares || !augmentation || !isTiny(augmentation)) return null;
  return shares.training - heldOut >= 0.1 ? { training: shares.training, heldOut } : null;
});

/** Nothing is turned by five degrees, moved or stretched by a twentieth, or mirrored. */
function isTiny(augmentation: Augmentation): boolean {
  const { brightness_range: brightness, zoom_range: zoom } = augmentation;
  const degrees = Math.max(augmentation.rotation_range, augmentation.shear_range);
  const shares = [
    ...[augmentation.width_shift_range, augmentation.height_shift_range].map(shareOf),
    ...[...zoom, ...(brightness ?? [])].map((factor) => Math.abs(factor - 1)),
    augmentation.channel_shift_range,
  ];
  const isMirrored = augmentation.horizontal_flip || augmentation.vertical_flip;
  return !isMirrored && degrees < 5 && Math.max(...shares) < 0.05;
}

/** Of the size; whole pixels are not tiny, except that 1 stands for none. */
function shareOf(range: ShiftRange): number {
  if (typeof range === 'number') return range === 1 ? 0 : range;
  return Math.max(...range.map(Math.abs));
}

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
