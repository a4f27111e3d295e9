import {
  isTrainingMetric,
  trainingMetric,
  type TrainingMetric,
} from '../../../metrics/training.ts';
import { isObject } from '../../../recipe/keras-class.ts';
import { readMetric } from '../../../recipe/metrics.ts';
import { clean, show } from '../../../text/show.ts';
import { isDtype } from '../dtype.ts';
import { aroundConfig, isTextOrNull, unknownFields, type HarmlessKeys } from '../fields.ts';
import { plainClass } from './known-options.ts';

/** Metrics by name, by function or by object, in lists within lists. */
export function convertMetrics(saved: unknown, notes: string[]): readonly TrainingMetric[] {
  const names = new Set<TrainingMetric>();
  for (const metric of flattened(saved)) {
    const name = metricName(metric);
    const other = isTrainingMetric(name) ? otherOption(metric, name) : undefined;
    if (!isTrainingMetric(name))
      notes.push(`The metric ${show(metric)} is not known and left out.`);
    else if (other === undefined) names.add(name);
    else notes.push(`The metric ${name} is left out: there is none with ${other}.`);
  }
  return [...names];
}

function flattened(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return (value as unknown[]).flatMap(flattened);
  if (isObject(value) && !('class_name' in value)) return Object.values(value).flatMap(flattened);
  return value === null || value === undefined ? [] : [value];
}

function metricName(metric: unknown): unknown {
  if (!isObject(metric)) return readMetric(metric);
  const { class_name: className, config } = metric;
  if (typeof config === 'string') return readMetric(config);
  if (className !== 'MeanMetricWrapper' || !isObject(config)) {
    return typeof className === 'string' ? readMetric(plainClass(className)) : className;
  }
  // Keras 2 names one with the function that it has become for this loss.
  const named = readMetric(config['name']);
  return isTrainingMetric(named) ? named : metricName(config['fn']);
}

/** Its name and its function are read; what a metric may be limited to is null where it is not. */
const others: HarmlessKeys = {
  ...{ name: isTextOrNull, fn: () => true, dtype: isDtype },
  ...{ thresholds: [null], top_k: [null], class_id: [null] },
  ...{ num_labels: [null], label_weights: [null] },
};

/** The first option that is not as this metric has it. */
function otherOption(metric: unknown, name: TrainingMetric): string | undefined {
  if (!isObject(metric)) return undefined;
  const { config } = metric;
  const { options = {} } = trainingMetric(name);
  const own = Object.entries(options).map(([key, value]) => [key, [value]] as const);
  const harmless = { ...others, ...Object.fromEntries(own) };
  const unknown = [
    ...unknownFields(metric, { read: ['class_name', 'config'], harmless: aroundConfig }),
    ...unknownFields(isObject(config) ? config : {}, { read: [], harmless }),
  ];
  const [other] = unknown;
  return other && `${clean(other[0])} ${show(other[1])}`;
}
