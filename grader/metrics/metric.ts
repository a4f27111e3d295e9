import type { Task } from '../contract/task.ts';
import { meanOfSorted, median, mostFrequent } from './best-constant.ts';
import { absoluteError, mean, squaredError } from './regression-metrics.ts';
import { standardErrorOfMean, standardErrorOfShare } from './standard-error.ts';

export type Better = 'lower' | 'higher';

/** What a metric is, everywhere. */
interface Metric {
  /** As reports and commands name it. */
  readonly name: string;
  /** The problems that it can grade. */
  readonly tasks: readonly Task[];
  readonly better: Better;
  /** As trainings may log it (Keras's names). */
  readonly logs: readonly string[];
  /** What no model can be better than. */
  readonly best: number;
  /** Of one row: a label or a value, and the one that a model gave. */
  readonly ofRow: (actual: number, predicted: number) => number;
  readonly aggregate: (ofRows: readonly number[]) => number;
  readonly standardError: (ofRows: readonly number[]) => number;
  /** What a model that knows only these targets guesses for every row. */
  readonly bestConstant: (targets: ArrayLike<number>) => number;
}

export const metrics = {
  accuracy: {
    name: 'accuracy',
    tasks: ['multiclass', 'binary'],
    better: 'higher',
    logs: [
      ...['accuracy', 'acc', 'sparse_categorical_accuracy', 'categorical_accuracy'],
      'binary_accuracy',
    ],
    best: 1,
    ofRow: (actual, predicted) => (actual === predicted ? 1 : 0),
    aggregate: mean,
    standardError: standardErrorOfShare,
    bestConstant: mostFrequent,
  },
  mae: {
    name: 'mean absolute error',
    tasks: ['regression', 'forecast'],
    better: 'lower',
    logs: ['mae', 'mean_absolute_error'],
    best: 0,
    ofRow: absoluteError,
    aggregate: mean,
    standardError: standardErrorOfMean,
    bestConstant: median,
  },
  mse: {
    name: 'mean squared error',
    tasks: ['regression', 'forecast'],
    better: 'lower',
    logs: ['mse', 'mean_squared_error'],
    best: 0,
    ofRow: squaredError,
    aggregate: mean,
    standardError: standardErrorOfMean,
    bestConstant: meanOfSorted,
  },
} as const satisfies Readonly<Record<string, Metric>>;

export type MetricId = keyof typeof metrics;

export const metricIds: readonly MetricId[] = Object.keys(metrics).filter((id): id is MetricId =>
  Object.hasOwn(metrics, id),
);

export function metricOf(id: MetricId): Metric {
  return metrics[id];
}

export function isMetricFor(id: MetricId, task: Task): boolean {
  return metricOf(id).tasks.includes(task);
}
