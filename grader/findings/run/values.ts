import { measure } from '../../metrics/measure.ts';
import { rule } from '../rule.ts';
import { mean } from './curve.ts';
import type { RunFacts } from './run-facts.ts';

/** Predictions vary far less than what they predict: the model hedges. */
export const towardsTheMean = rule('towards-the-mean', 'warning', ({ score }: RunFacts) => {
  const values = valuesOf(score);
  if (!values || score.points === 5) return null;
  const [predicted, actual] = [deviation(values.predicted), deviation(values.actual)];
  return predicted < 0.5 * actual ? { predicted, actual } : null;
});

/** All predictions are too high, or too low, by so much that taking it off would win much. */
export const offByAConstant = rule(
  'off-by-a-constant',
  'warning',
  ({ problem, score }: RunFacts) => {
    const values = valuesOf(score);
    if (!values || score.points === 5) return null;
    const { actual } = values;
    const offset = mean(values.predicted) - mean(actual);
    const predicted = values.predicted.map((value) => value - offset);
    const without = measure(problem.metric.id, { actual, predicted }).value;
    if (without > 0.75 * score.value) return null;
    return { metric: problem.metric.name, offset, value: score.value, without };
  },
);

/** A forecast that is nearer to the value it was given last than to the one that follows. */
export const repeatsTheLastValue = rule(
  'repeats-the-last-value',
  'warning',
  ({ problem, score }: RunFacts) => {
    const values = valuesOf(score);
    if (problem.task !== 'forecast' || !values || score.points === 5) return null;
    const { actual, predicted } = values;
    const toNext = meanDistance(predicted, actual);
    const toLast = meanDistance(predicted.slice(1), actual);
    return toLast < 0.3 * toNext ? { toLast, toNext } : null;
  },
);

function valuesOf({ details }: RunFacts['score']) {
  // A problem that discloses totals alone has no values to tell.
  return details.kind === 'regression' && details.actual.length > 0 ? details : null;
}

function meanDistance(some: readonly number[], others: readonly number[]): number {
  return mean(some.map((value, at) => Math.abs(value - (others[at] ?? value))));
}

function deviation(values: readonly number[]): number {
  const centre = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - centre) ** 2)));
}
