import type { EpochRecord } from '../../contract.ts';
import type { RunFacts } from './run-facts.ts';

/** One quantity over the epochs. */
export interface Curve {
  readonly name: string;
  readonly values: readonly number[];
  /** Values as errors, where lower is better: a share of right answers becomes one of wrong ones. */
  readonly errors: readonly number[];
}

/** Null where an epoch lacks it, or has no finite value of it. */
export function curveOf(history: readonly EpochRecord[], name: string): Curve | null {
  const values = history.flatMap(({ logs }) => {
    const value = Object.hasOwn(logs, name) ? logs[name] : undefined;
    return value !== undefined && Number.isFinite(value) ? value : [];
  });
  if (values.length === 0 || values.length < history.length) return null;
  const isShare = /accuracy$|(^|_)acc$/.test(name);
  return { name, values, errors: isShare ? values.map((value) => 1 - value) : values };
}

/** What a learner judges a training by: the problem's metric of the validation part, else its loss. */
export function judgedCurve({ problem, training }: RunFacts): Curve | null {
  const { history = [] } = training ?? {};
  const names = namesOf[problem.metric.id] ?? [];
  return [...names, 'loss'].reduce<Curve | null>(
    (found, name) => found ?? curveOf(history, `val_${name}`),
    null,
  );
}

/** The same quantity of the training part. */
export function trainingCurve(facts: RunFacts, { name }: Curve): Curve | null {
  return curveOf(facts.training?.history ?? [], name.replace(/^val_/, ''));
}

const namesOf: Readonly<Record<string, readonly string[]>> = {
  accuracy: [
    ...['accuracy', 'acc', 'sparse_categorical_accuracy', 'binary_accuracy'],
    'categorical_accuracy',
  ],
  mae: ['mae', 'mean_absolute_error'],
  mse: ['mse', 'mean_squared_error'],
};

/** Means of the last values and of as many before them. */
export function lastWindows(values: readonly number[]) {
  const window = Math.max(1, Math.floor(values.length / 10));
  const last = mean(values.slice(-window));
  const before = mean(values.slice(-2 * window, -window));
  return { window, last, before };
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
