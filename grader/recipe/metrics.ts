import { trainingMetric, trainingMetricIds, type TrainingMetric } from '../metrics/training.ts';
import { sameName } from './names.ts';

/** Any spelling of a metric as its id; a name that is none passes unchanged. */
export function readMetric(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const names = (id: TrainingMetric) => [id, ...trainingMetric(id).spellings];
  return trainingMetricIds.find((id) => names(id).some((name) => sameName(name, value))) ?? value;
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
