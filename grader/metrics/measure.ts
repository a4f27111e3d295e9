import { isClassification } from '../contract/task.ts';
import { sharesOf } from './best-constant.ts';
import { metricOf, type MetricId } from './metric.ts';
import type { Rows } from './rows.ts';

export interface Measured {
  /** NaN where the metric has none for these rows, as where a class never occurs. */
  readonly value: number;
  readonly standardError: number;
}

export function measure(id: MetricId, rows: Rows): Measured {
  const metric = metricOf(id);
  return { value: metric.value(rows), standardError: metric.standardError(rows) };
}

/**
 * The metric of one guess for every row: the best of the training targets, else of these, each label as
 * probable as it is frequent.
 */
export function measureConstant(
  id: MetricId,
  actual: readonly number[],
  bestOfTraining: number | undefined,
): number {
  const { tasks, bestConstant, value } = metricOf(id);
  const guess = bestOfTraining ?? bestConstant(actual);
  const predicted = actual.map(() => guess);
  if (bestOfTraining !== undefined || !tasks.some(isClassification)) {
    return value({ actual, predicted });
  }
  const shares = sharesOf(actual);
  return value({ actual, predicted, probabilities: actual.map(() => shares) });
}
