import { rule } from '../rule.ts';
import { curveOf, mean } from './curve.ts';
import type { RunFacts } from './run-facts.ts';

/**
 * The loss of training ends above where it began, jumps up again and again, or was far worse than that of
 * a model that has learnt nothing.
 */
export const learningRateTooHigh = rule('learning-rate-too-high', 'error', (facts: RunFacts) => {
  const { training, score } = facts;
  const { history = [] } = training ?? {};
  const loss = curveOf(history, 'loss')?.values ?? [];
  const [first = 0] = loss;
  const last = loss.at(-1) ?? 0;
  if (loss.length < 3 || score.points === 5) return null;
  const rises = loss.filter((value, at) => isJump(loss[at - 1] ?? value, value, first)).length;
  const isUnsteady = rises >= 3 && rises > (loss.length - 1) / 4;
  const isWorse = last > 1.1 * first;
  const blank = blankLoss(facts);
  const isLost = blank !== null && (first > 50 * blank || last > 1.2 * blank);
  if (!isUnsteady && !isWorse && !isLost) return null;
  return { rate: history[0]?.learningRate ?? 0, epochs: loss.length, rises, first, last, blank };
});

/** By a tenth of what it was, and not only of the little that is left. */
function isJump(before: number, after: number, first: number): boolean {
  return after > 1.1 * before && after - before > 0.02 * first;
}

/** The loss of a model that gives all classes the same probability, or 0 for every value. */
function blankLoss({ recipe, score: { details } }: RunFacts): number | null {
  // What is logged is the loss and every penalty.
  if (/_regularizer":\{/.test(JSON.stringify(recipe?.model))) return null;
  const loss = recipe?.compile.loss.class_name ?? '';
  if (details.kind === 'classification') {
    return loss.endsWith('Crossentropy') ? Math.log(details.classes.length) : null;
  }
  if (details.actual.length === 0) return null;
  if (loss === 'MeanSquaredError') return mean(details.actual.map((value) => value ** 2));
  return loss === 'MeanAbsoluteError' ? mean(details.actual.map(Math.abs)) : null;
}
