import { sameName } from './names.ts';

export const metricNames = ['accuracy', 'mae', 'mse'] as const;

type Metric = (typeof metricNames)[number];

export type MetricName = Metric | 'acc' | 'meanAbsoluteError' | 'meanSquaredError' | LongName;
type LongName = 'mean_absolute_error' | 'mean_squared_error';

const spellings: readonly (readonly [string, Metric])[] = [
  ['accuracy', 'accuracy'],
  ['acc', 'accuracy'],
  ['mae', 'mae'],
  ['mean_absolute_error', 'mae'],
  ['mse', 'mse'],
  ['mean_squared_error', 'mse'],
];

/** `acc` as `accuracy`; a name that is none passes unchanged. */
export function readMetric(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  return spellings.find(([spelling]) => sameName(spelling, value))?.[1] ?? value;
}

/** What a callback watches: `valAccuracy` and `val_acc` become `val_accuracy`. */
export function readMonitor(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const validation = /^val(_|(?=[A-Z]))(?<of>.+)$/.exec(value)?.groups?.['of'];
  if (validation === undefined) return sameName(value, 'loss') ? 'loss' : readMetric(value);
  const of = sameName(validation, 'loss') ? 'loss' : readMetric(validation);
  return `val_${String(of)}`;
}

/** The monitors that a training with these metrics reports. */
export function monitorsOf(metrics: readonly string[]): readonly string[] {
  const open = ['loss', ...metrics];
  return [...open, ...open.map((name) => `val_${name}`)];
}
