import { isObject } from '../../recipe/keras-class.ts';
import { noteUnknown } from './compile/known-options.ts';
import { convertLoss } from './compile/loss.ts';
import { convertMetrics } from './compile/metrics.ts';
import { convertOptimizer } from './compile/optimizer.ts';
import { isNumberOrNull, type HarmlessKeys } from './fields.ts';

interface ConvertedCompile {
  /** `{optimizer, loss, metrics}` in the terms of a recipe, still to be validated. */
  readonly compile: unknown;
  readonly notes: readonly string[];
}

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
    optimizer: convertOptimizer(optimizer, notes),
    loss: convertLoss(single(saved['loss']), notes),
    metrics: convertMetrics(saved['metrics'], notes),
  };
  noteUnknown({ what: 'compile settings', config: saved }, { read, harmless: ofRunning }, notes);
  for (const key of ['loss_weights', 'weighted_metrics']) {
    if (!isEmpty(saved[key])) notes.push(`compile's ${key} are left out.`);
  }
  return { compile, notes };
}

const read = [
  ...['optimizer_config', 'optimizer', 'loss', 'metrics', 'loss_weights', 'weighted_metrics'],
];

/** How Keras runs a training, which is the same training. */
const ofRunning: HarmlessKeys = {
  run_eagerly: [true, false, null],
  jit_compile: [true, false, null, 'auto'],
  steps_per_execution: isNumberOrNull,
  auto_scale_loss: [true, false],
  sample_weight_mode: [null],
};

/** A list or a dictionary of one is what a model with one output may have too. */
function single(value: unknown): unknown {
  const list = Array.isArray(value) ? (value as unknown[]) : null;
  if (list) return list.length === 1 ? list[0] : value;
  const isDictionary = isObject(value) && !('class_name' in value);
  const values = isDictionary ? Object.values(value) : [];
  return values.length === 1 ? values[0] : value;
}

function isEmpty(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(isEmpty);
  if (isObject(value)) return Object.values(value).every(isEmpty);
  return value === null || value === undefined;
}
