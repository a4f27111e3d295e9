import { metricOf, type MetricId } from './metric.ts';

/** The truth of some rows, and what was read of a model's output for them. */
export interface Rows {
  readonly actual: readonly number[];
  /** Labels or values. */
  readonly predicted: readonly number[];
}

export interface Measured {
  readonly value: number;
  readonly standardError: number;
}

export function measure(id: MetricId, { actual, predicted }: Rows): Measured {
  const { ofRow, aggregate, standardError } = metricOf(id);
  const ofRows = actual.map((truth, row) => ofRow(truth, predicted[row] ?? NaN));
  return { value: aggregate(ofRows), standardError: standardError(ofRows) };
}

/** The metric of one guess for every row: the best of the training targets, else of these. */
export function measureConstant(
  id: MetricId,
  actual: readonly number[],
  bestOfTraining: number | undefined,
): number {
  const guess = bestOfTraining ?? metricOf(id).bestConstant(actual);
  return measure(id, { actual, predicted: actual.map(() => guess) }).value;
}
