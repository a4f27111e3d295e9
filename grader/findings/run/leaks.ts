import { rule } from '../rule.ts';
import type { RunFacts } from './run-facts.ts';

/** The outputs of early steps move with inputs that come after them: each step is given what it forecasts. */
export const seesLaterSteps = rule('sees-later-steps', 'warning', ({ probes }: RunFacts) => {
  const later = probes?.laterSteps;
  return later && later.moved > 0 ? { steps: later.steps, moved: later.moved } : null;
});

/**
 * Many answers are others as soon as the held-out rows are not exactly as they were, although they were good:
 * the weights know the rows, not what is behind them.
 */
export const exactRowsOnly = rule(
  'exact-rows-only',
  'warning',
  ({ problem, probes, score }: RunFacts) => {
    const { rows = 0, changed = 0 } = probes?.perturbedInputs ?? {};
    const { value, constantBaseline: constant } = score;
    const isGood = problem.metric.better === 'lower' ? value < constant : value > constant;
    return isGood && changed > 2 && changed >= rows / 10 ? { rows, changed } : null;
  },
);

/** One held-out row in twenty that can be known by heart says little of a model. */
const fewest = 0.05;

export const sharedRows = rule('shared-rows', 'note', ({ probes }: RunFacts) => {
  if (!probes) return null;
  const { rows, exact, near } = probes.sharedRows;
  return exact + near >= fewest * rows ? { rows, exact, near } : null;
});
