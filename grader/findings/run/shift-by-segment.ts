import type { FindingFigures } from '../../contract.ts';
import { rule } from '../rule.ts';
import { judgedCurve } from './curve.ts';
import type { RunFacts } from './run-facts.ts';

/** Of the held-out rows: fewer explain no score. */
const leastShare = 0.05;

interface Segment {
  readonly rows: number;
  readonly error: number;
  readonly standardError: number;
  readonly otherError: number;
}

/** Held-out rows of one kind are another thing than what was learnt from, and far worse than all others. */
export const shiftBySegment = rule('shift-by-segment', 'warning', (facts: RunFacts) => {
  const { parts, recipe, score } = facts;
  if (!parts || score.points === 5) return null;
  const { beyond } = parts;
  if (beyond && isWorse(beyond, score.rows)) {
    const { feature, side, rows, range, error, otherError } = beyond;
    const isSplit = (recipe?.fit.validation_split ?? 0) > 0;
    const isShare = score.details.kind === 'classification';
    return {
      kind: 'feature',
      name: feature,
      side,
      range,
      rows,
      error,
      otherError,
      isSplit,
      isShare,
    };
  }
  return classBeyond(facts);
});

/** A class that is twice as often wrong as it can have been in the validation part, and as the others are. */
function classBeyond(facts: RunFacts): FindingFigures['shift-by-segment'] | null {
  const { training, parts, score } = facts;
  const { details } = score;
  const { classes = null, rows: validated = 0 } = parts?.validation ?? {};
  const curve = judgedCurve(facts);
  if (details.kind !== 'classification' || !classes || !training || !curve?.isShare) return null;
  const wrongBefore = validated * (curve.errors[training.gradedEpoch - 1] ?? NaN);
  const wrong = details.classes.map(({ recall, support }) => (1 - recall) * support);
  const allWrong = wrong.reduce((sum, rows) => sum + rows, 0);
  const found = details.classes.flatMap(({ name, recall, support: rows }, label) => {
    const error = 1 - recall;
    const otherError = (allWrong - (wrong[label] ?? 0)) / (score.rows - rows);
    const validation = wrongBefore / (classes[label] ?? 0);
    const standardError = Math.sqrt((error * recall) / rows);
    const isNew =
      error >= 2 * validation && isWorse({ rows, error, standardError, otherError }, score.rows);
    return isNew ? [{ name, rows, error, otherError, validation }] : [];
  });
  const worst = found.sort((one, other) => other.error - one.error)[0];
  return worst ? { kind: 'class', ...worst } : null;
}

/** By twice the error of all other rows, and not by chance. */
function isWorse({ rows, error, standardError, otherError }: Segment, all: number): boolean {
  const isChance = error - otherError < 4 * standardError;
  return rows >= leastShare * all && error >= 2 * otherError && !isChance;
}
