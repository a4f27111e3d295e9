import type { Finding, FindingId } from '../../contract.ts';
import { belowConstant } from './below-constant.ts';
import { classIgnored } from './class-ignored.ts';
import { classImbalance } from './class-imbalance.ts';
import { deadUnits } from './dead-units.ts';
import { explodingGradients } from './exploding-gradients.ts';
import { learningRateTooHigh } from './learning-rate-too-high.ts';
import { learningRateTooLow } from './learning-rate-too-low.ts';
import { exactRowsOnly, seesLaterSteps, sharedRows } from './leaks.ts';
import { learnsNothing } from './learns-nothing.ts';
import { notConverged } from './not-converged.ts';
import { notFinite } from './not-finite.ts';
import { oneAnswer } from './one-answer.ts';
import { epochKept, overFitting } from './over-fitting.ts';
import { augmentationTooStrong, augmentationTooWeak, memorisesPictures } from './pictures.ts';
import type { RunFacts } from './run-facts.ts';
import { shiftBySegment } from './shift-by-segment.ts';
import { stoppedTooEarly } from './stopped-too-early.ts';
import { unscaledInputs, unscaledTargets } from './unscaled.ts';
import { validationTooGood } from './validation-too-good.ts';
import { validationTooSmall } from './validation-too-small.ts';
import { offByAConstant, repeatsTheLastValue, towardsTheMean } from './values.ts';
import { wrongTokenizer } from './wrong-tokenizer.ts';

/** In the order in which they matter. */
const rules = [
  notFinite,
  unscaledInputs,
  unscaledTargets,
  explodingGradients,
  learnsNothing,
  learningRateTooHigh,
  learningRateTooLow,
  deadUnits,
  oneAnswer,
  belowConstant,
  wrongTokenizer,
  validationTooSmall,
  overFitting,
  epochKept,
  stoppedTooEarly,
  notConverged,
  augmentationTooStrong,
  augmentationTooWeak,
  memorisesPictures,
  exactRowsOnly,
  seesLaterSteps,
  shiftBySegment,
  validationTooGood,
  classImbalance,
  classIgnored,
  repeatsTheLastValue,
  offByAConstant,
  towardsTheMean,
  sharedRows,
] as const;

const ofTheScore: readonly FindingId[] = [
  ...(['below-constant', 'class-ignored', 'class-imbalance'] as const),
  ...(['validation-too-good', 'shift-by-segment'] as const),
  ...(['repeats-the-last-value', 'off-by-a-constant', 'towards-the-mean'] as const),
];

const ofTheCurve: readonly FindingId[] = [
  ...(['not-converged', 'stopped-too-early', 'over-fitting', 'epoch-kept'] as const),
];

const ofTheHeldOut: readonly FindingId[] = [
  ...(['validation-too-good', 'shift-by-segment', 'class-ignored'] as const),
];

const ofTheRecipe: readonly FindingId[] = [
  ...ofTheScore,
  ...ofTheCurve,
  'learning-rate-too-high',
  'learning-rate-too-low',
  'learns-nothing',
  'exploding-gradients',
  'dead-units',
];

const ofItsRate: readonly FindingId[] = [
  ...ofTheScore,
  ...ofTheCurve,
  ...(['learning-rate-too-high', 'learns-nothing', 'dead-units', 'one-answer'] as const),
];

/** What a finding already explains, and is not said again. */
const explained: { readonly [Id in FindingId]?: readonly FindingId[] } = {
  'one-softmax-unit': ofTheRecipe,
  'loss-against-targets': ofTheRecipe,
  'activated-logits': ofTheRecipe,
  'logits-as-probabilities': ofTheRecipe,
  'activation-against-loss': ofTheRecipe,
  'limited-output': ['learns-nothing', 'dead-units', 'towards-the-mean'],
  'rescaled-twice': ofTheRecipe,
  'another-reading': ['one-answer', ...ofTheScore],
  'mean-of-the-window': ['one-answer', ...ofTheScore],
  'look-ahead': [...ofTheCurve, 'validation-too-good', 'sees-later-steps'],
  'sees-later-steps': [...ofTheCurve, 'validation-too-good'],
  'unscaled-inputs': [...ofTheRecipe, 'one-answer'],
  'unscaled-targets': [...ofTheRecipe, 'one-answer'],
  'not-finite': [
    ...ofTheScore,
    ...ofTheCurve,
    'learning-rate-too-high',
    'exploding-gradients',
    'dead-units',
  ],
  'exploding-gradients': ofItsRate,
  'learns-nothing': [...ofTheScore, ...ofTheCurve, 'one-answer'],
  'learning-rate-too-high': ofItsRate,
  'learning-rate-too-low': [...ofTheScore, ...ofTheCurve, 'one-answer'],
  'dead-units': [...ofTheScore, 'learns-nothing', 'one-answer'],
  'one-answer': [...ofTheScore, ...ofTheCurve],
  'below-constant': ofTheScore,
  'validation-too-small': [...ofTheCurve, 'validation-too-good', 'shift-by-segment'],
  'augmentation-too-strong': ['learning-rate-too-low', 'not-converged', ...ofTheHeldOut],
  'augmentation-too-weak': ['memorises-pictures', ...ofTheHeldOut],
  'memorises-pictures': ofTheHeldOut,
  'over-fitting': ['memorises-pictures', 'augmentation-too-weak', ...ofTheHeldOut],
  'shift-by-segment': ['validation-too-good', 'class-ignored'],
  'class-imbalance': ['class-ignored', 'one-answer', 'below-constant'],
  'not-converged': ['off-by-a-constant', 'towards-the-mean'],
  'stopped-too-early': ['off-by-a-constant', 'towards-the-mean'],
  'off-by-a-constant': ['towards-the-mean'],
};

/**
 * What a run shows once its score is fixed, worst first, after what was found before; what these rules
 * had found for another score is left out.
 */
export function withRunFindings(earlier: readonly Finding[], facts: RunFacts): Finding[] {
  const before = earlier.filter(({ id }) => !rules.some((each) => each.id === id));
  const found = rules.flatMap((find): Finding[] => [find(facts) ?? []].flat());
  const others = [...before, ...found];
  const isNews = ({ id }: Finding) =>
    !others.some((other) => other.id !== id && explains(other, id));
  return [...before, ...found.filter(isNews)];
}

function explains({ id }: Finding, other: FindingId): boolean {
  return explained[id]?.includes(other) ?? false;
}
