import { rule } from '../rule.ts';
import type { RunFacts } from './run-facts.ts';

/** What fewer rows do not wake, others may. */
const leastRows = 100;
/**
 * A rate that is too high is said to leave as many as 40% of a network dead (Stanford's CS231n, "Neural
 * Networks Part 1"); of the sound trainings of test/findings the worst has 53% in a layer, and 4 of 5 points.
 */
const share = 2 / 3;

/** Most units of a layer are 0 whatever they are given: no gradient arrives at them ever again. */
export const deadUnits = rule('dead-units', 'warning', ({ training, score }: RunFacts) => {
  const { rows = 0, units = [] } = training?.insides ?? {};
  if (rows < leastRows || score.points === 5) return null;
  const shares = units.map(({ dead, units: all }) => dead / all);
  const worst = units[shares.indexOf(Math.max(...shares))];
  if (!worst || worst.dead < share * worst.units) return null;
  return { layer: worst.layer, dead: worst.dead, units: worst.units, rows };
});
