import { rule } from '../rule.ts';
import { type Curve, judgedCurve } from './curve.ts';
import type { RunFacts } from './run-facts.ts';

/** Rows of one class: fewer say next to nothing of it. */
const fewest = 5;
/** A class that is rarer than this among the held-out rows may be missing. */
const leastShare = 0.05;

/** Callbacks chose an epoch by rows so few, or without a class, that they chose it by chance. */
export const validationTooSmall = rule('validation-too-small', 'warning', (facts: RunFacts) => {
  const { recipe, score, parts } = facts;
  const { rows = 0, classes = null } = parts?.validation ?? {};
  const isAsked = /"val_/.test(JSON.stringify(recipe?.fit.callbacks));
  if (!recipe || !isAsked || rows === 0 || score.points === 5) return null;
  const isSplit = recipe.fit.validation_split > 0;
  const rare = rareClass(facts, classes ?? []);
  if (rare) return { kind: 'class', rows, isSplit, ...rare };
  const curve = judgedCurve(facts);
  const noise = curve && noiseOf(facts, curve, rows);
  return noise ? { kind: 'noise', rows, isSplit, ...noise } : null;
});

/**
 * The standard error of the curve where it is half of the curve and more, and the epoch that was kept is no
 * further below the others. It is that of the held-out rows by 1/√n, in proportion to the error.
 */
function noiseOf({ problem, training, score }: RunFacts, curve: Curve, rows: number) {
  const error = problem.metric.better === 'higher' ? 1 - score.value : score.value;
  const relative = (score.standardError * Math.sqrt(score.rows / rows)) / error;
  const later = curve.errors.slice(Math.floor(curve.errors.length / 2)).sort((a, b) => a - b);
  const usual = later[Math.floor(later.length / 2)] ?? NaN;
  const kept = curve.errors[(training?.gradedEpoch ?? 0) - 1] ?? NaN;
  const [standardError, difference] = [relative * usual, usual - kept];
  if (relative < 0.5 || !(difference <= standardError)) return null;
  return { curve: curve.name, standardError, difference };
}

/** A class that the validation part all but lacks. */
function rareClass({ score: { details, rows } }: RunFacts, counts: readonly number[]) {
  if (details.kind !== 'classification') return null;
  const label = details.classes.findIndex(
    ({ support }, at) => support >= leastShare * rows && (counts[at] ?? fewest) < fewest,
  );
  const rare = details.classes[label];
  return rare ? { name: rare.name, ofClass: counts[label] ?? 0 } : null;
}
