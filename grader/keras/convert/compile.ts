import { findClass, isKerasObject, isObject } from '../../recipe/keras-class.ts';
import { lossTable } from '../../recipe/losses.ts';
import { trainingMetrics } from '../../metrics/training.ts';
import { readMetric, readVariant } from '../../recipe/metrics.ts';
import { keyOf } from '../../recipe/option.ts';
import { optimizerTable, scheduleTable } from '../../recipe/optimizers.ts';
import { show } from '../../text/show.ts';

interface ConvertedCompile {
  /** `{optimizer, loss, metrics}` in the terms of a recipe, still to be validated. */
  readonly compile: unknown;
  readonly notes: readonly string[];
}

type Plain = Readonly<Record<string, unknown>>;

/**
 * What a file says of `model.compile`, Keras 2's `training_config` and Keras 3's `compile_config`;
 * null where it names no optimizer. It counts only where the model is trained anew.
 */
export function convertCompile(saved: unknown): ConvertedCompile | null {
  if (!isObject(saved)) return null;
  const optimizer = saved['optimizer_config'] ?? saved['optimizer'];
  if (optimizer === undefined || optimizer === null) return null;
  const notes: string[] = [];
  const compile = {
    optimizer: convertOptimizer(optimizer),
    loss: convertLoss(single(saved['loss'])),
    metrics: convertMetrics(saved['metrics'], notes),
  };
  return { compile, notes };
}

/** A list or a dictionary of one is what a model with one output may have too. */
function single(value: unknown): unknown {
  const list = Array.isArray(value) ? (value as unknown[]) : null;
  if (list) return list.length === 1 ? list[0] : value;
  const isDictionary = isObject(value) && !('class_name' in value);
  const values = isDictionary ? Object.values(value) : [];
  return values.length === 1 ? values[0] : value;
}

function convertOptimizer(saved: unknown): unknown {
  if (!isKerasObject(saved) || !isObject(saved.config)) return saved;
  const className = findClass(optimizerTable, saved.class_name.replace(/^.*>/, ''));
  if (className === undefined) return { class_name: saved.class_name, config: {} };
  const { options } = optimizerTable[className as keyof typeof optimizerTable];
  const known = Object.entries(options).map(([name, option]) => keyOf(name, option));
  const given = saved.config;
  const entries = Object.entries(given).filter(
    ([key, value]) => known.includes(key) && value !== null && !isOff(key, value),
  );
  const rate = learningRate(given);
  return {
    class_name: className,
    config: {
      ...Object.fromEntries(entries),
      ...(rate === undefined ? {} : { learning_rate: rate }),
    },
  };
}

/** Keras 2 writes false or 0 where there is no weight decay and no clipping. */
function isOff(key: string, value: unknown): boolean {
  const isLimit = key === 'weight_decay' || key.includes('clip');
  return isLimit && (value === false || value === 0);
}

/** Keras 2's `decay` divides the rate by 1 + decay * step. */
function learningRate(config: Plain): unknown {
  const rate = config['learning_rate'] ?? config['lr'];
  const { decay } = config;
  if (typeof rate === 'number' && typeof decay === 'number' && decay > 0) {
    const schedule = { initial_learning_rate: rate, decay_steps: 1, decay_rate: decay };
    return { class_name: 'InverseTimeDecay', config: schedule };
  }
  if (!isKerasObject(rate) || !isObject(rate.config)) return rate;
  const className = findClass(scheduleTable, rate.class_name) ?? rate.class_name;
  const entries = Object.entries(rate.config).filter(([key]) => key !== 'name');
  return { class_name: className, config: Object.fromEntries(entries) };
}

function convertLoss(saved: unknown): unknown {
  if (!isKerasObjectOrFunction(saved)) return saved;
  const { class_name: name, config } = saved;
  if (typeof config === 'string') return config;
  const className = findClass(lossTable, name.replace(/^.*>/, ''));
  if (className === undefined) return { class_name: name, config: {} };
  const { options } = lossTable[className as keyof typeof lossTable];
  const known = Object.entries(options).map(([option, each]) => keyOf(option, each));
  const entries = Object.entries(isObject(config) ? config : {}).filter(
    ([key, value]) => known.includes(key) && value !== null,
  );
  return { class_name: className, config: Object.fromEntries(entries) };
}

function isKerasObjectOrFunction(
  value: unknown,
): value is { readonly class_name: string; readonly config: unknown } {
  return isObject(value) && typeof value['class_name'] === 'string';
}

/** Metrics by name, by function or by object, in lists within lists. */
function convertMetrics(saved: unknown, notes: string[]): readonly string[] {
  const names = new Set<string>();
  for (const metric of flattened(saved)) {
    const name = metricName(metric);
    if (trainingMetrics.some((each) => each === name)) names.add(String(name));
    else notes.push(`The metric ${show(metric)} is not known and left out.`);
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
  const named = isObject(config) ? config['name'] : undefined;
  return readVariant(named) ?? readVariant(className) ?? readMetric(named ?? className);
}
