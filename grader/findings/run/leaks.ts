import { rule } from '../rule.ts';
import type { RunFacts } from './run-facts.ts';

/** The outputs of early steps move with inputs that come after them: each step is given what it forecasts. */
export const seesLaterSteps = rule('sees-later-steps', 'warning', ({ probes }: RunFacts) => {
  const later = probes?.laterSteps;
  return later && later.moved > 0 ? { steps: later.steps, moved: later.moved } : null;
});

/** One held-out row in twenty that can be known by heart says little of a model. */
const fewest = 0.05;

export const sharedRows = rule('shared-rows', 'note', ({ probes }: RunFacts) => {
  if (!probes) return null;
  const { rows, exact, near } = probes.sharedRows;
  return exact + near >= fewest * rows ? { rows, exact, near } : null;
});
