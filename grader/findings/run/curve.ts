import type { ReportedEpoch } from '../../contract.ts';
import { metricOf } from '../../metrics/metric.ts';
import type { RunFacts } from './run-facts.ts';

/** One quantity over the epochs. */
export interface Curve {
  readonly name: string;
  readonly values: readonly number[];
  /** Values as errors, where lower is better: a share of right answers becomes one of wrong ones. */
  readonly errors: readonly number[];
  readonly isShare: boolean;
}

/** Null where an epoch lacks it, or has no finite value of it. */
export function curveOf(
  history: readonly ReportedEpoch[],
  name: string,
  best: number | null = null,
): Curve | null {
  const values = history.flatMap(({ logs }) => {
    const value = Object.hasOwn(logs, name) ? logs[name] : undefined;
    return typeof value === 'number' && Number.isFinite(value) ? value : [];
  });
  if (values.length === 0 || values.length < history.length) return null;
  const isShare = best !== null;
  return { name, values, isShare, errors: isShare ? values.map((value) => best - value) : values };
}

/** What a learner judges a training by: the problem's metric of the validation part, else its loss. */
export function judgedCurve({ problem, training }: RunFacts): Curve | null {
  const { history = [] } = training ?? {};
  const { logs, better, best } = metricOf(problem.metric.id);
  const ofMetric = logs.reduce<Curve | null>(
    (found, log) => found ?? curveOf(history, `val_${log}`, better === 'higher' ? best : null),
    null,
  );
  return ofMetric ?? curveOf(history, 'val_loss');
}

/** The same quantity of the training part. */
export function trainingCurve(
  { training, problem }: RunFacts,
  { name, isShare }: Curve,
): Curve | null {
  const best = isShare ? metricOf(problem.metric.id).best : null;
  return curveOf(training?.history ?? [], name.replace(/^val_/, ''), best);
}

/** How many values the last fifth has, three at least where there are, and the share that each of them takes away. */
export function trendOf(values: readonly number[]): { window: number; fall: number } {
  const window = Math.min(values.length, Math.max(3, Math.round(values.length / 5)));
  const last = values.slice(-window);
  const [centre, level] = [(window - 1) / 2, mean(last)];
  const products = last.map((value, at) => (at - centre) * (value - level));
  const squares = last.map((_, at) => (at - centre) ** 2);
  return { window, fall: -mean(products) / mean(squares) / level };
}

/** Mean of the last tenth. */
export function lastLevel(values: readonly number[]): number {
  return mean(values.slice(-Math.max(1, Math.floor(values.length / 10))));
}

/** Medians of each value and its neighbours within a twentieth of the curve, so that noise is no minimum. */
export function smoothed(values: readonly number[]): number[] {
  const reach = Math.floor(values.length / 40);
  return values.map((_, at) => {
    const near = values.slice(Math.max(0, at - reach), at + reach + 1).sort((a, b) => a - b);
    return near[Math.floor(near.length / 2)] ?? NaN;
  });
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

export function lowestAt(values: readonly number[]): number {
  return values.reduce((best, value, at) => (value < (values[best] ?? Infinity) ? at : best), 0);
}
