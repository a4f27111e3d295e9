import { metrics, type TrainingCounterpart } from '../metrics/metric.ts';
import { trainingMetrics } from '../metrics/training.ts';
import { sameName } from './names.ts';

/** Any spelling of a metric as its id; a name that is none passes unchanged. */
export function readMetric(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const names = (id: (typeof trainingMetrics)[number]) => [id, ...metrics[id].training.spellings];
  return trainingMetrics.find((id) => names(id).some((name) => sameName(name, value))) ?? value;
}

/** The metric of which Keras has variants with such names; null where there is none. */
export function readVariant(name: unknown): string | null {
  const isVariant = ({ variants }: TrainingCounterpart) => variants?.test(String(name)) ?? false;
  return trainingMetrics.find((id) => isVariant(metrics[id].training)) ?? null;
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
