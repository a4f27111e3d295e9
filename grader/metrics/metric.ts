import type { Task } from '../contract/task.ts';
import { areaUnderCurve } from './area-under-curve.ts';
import { meanOfSorted, median, mostFrequent } from './best-constant.ts';
import { determination } from './determination.ts';
import type { Interval } from './interval.ts';
import { logLoss } from './log-loss.ts';
import { macroF1 } from './macro-f1.ts';
import { meanOfRows, shareOfRows } from './mean-of-rows.ts';
import { absoluteError, squaredError } from './regression-metrics.ts';
import { rootMeanSquaredError } from './root-mean-squared-error.ts';
import type { OfRow, Rows } from './rows.ts';
import { topK } from './top-k.ts';

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
  /** Where it is the mean of a number of each row. */
  readonly ofRow?: OfRow;
  readonly value: (rows: Rows) => number;
  readonly standardError: (rows: Rows) => number;
  /** Of 95 %, where there is a better one than the bootstrap's. */
  readonly interval?: (rows: Rows) => Interval;
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
    ...shareOfRows((actual, predicted) => (actual === predicted ? 1 : 0)),
    bestConstant: mostFrequent,
  },
  mae: {
    name: 'mean absolute error',
    tasks: ['regression', 'forecast'],
    better: 'lower',
    logs: ['mae', 'mean_absolute_error'],
    best: 0,
    ...meanOfRows(absoluteError),
    bestConstant: median,
  },
  mse: {
    name: 'mean squared error',
    tasks: ['regression', 'forecast'],
    better: 'lower',
    logs: ['mse', 'mean_squared_error'],
    best: 0,
    ...meanOfRows(squaredError),
    bestConstant: meanOfSorted,
  },
  rmse: {
    name: 'root mean squared error',
    tasks: ['regression', 'forecast'],
    better: 'lower',
    logs: ['rmse', 'root_mean_squared_error'],
    best: 0,
    ...rootMeanSquaredError,
    bestConstant: meanOfSorted,
  },
  r2: {
    name: 'coefficient of determination',
    tasks: ['regression', 'forecast'],
    better: 'higher',
    logs: ['r2_score'],
    best: 1,
    ...determination,
    bestConstant: meanOfSorted,
  },
  f1_macro: {
    name: 'macro F1',
    tasks: ['multiclass', 'binary'],
    better: 'higher',
    logs: ['f1_score'],
    best: 1,
    ...macroF1,
    bestConstant: mostFrequent,
  },
  roc_auc: {
    name: 'area under the ROC curve',
    tasks: ['multiclass', 'binary'],
    better: 'higher',
    logs: ['auc'],
    best: 1,
    ...areaUnderCurve,
    bestConstant: mostFrequent,
  },
  log_loss: {
    name: 'log loss',
    tasks: ['multiclass', 'binary'],
    better: 'lower',
    logs: [
      'crossentropy',
      'sparse_categorical_crossentropy',
      'categorical_crossentropy',
      'binary_crossentropy',
    ],
    best: 0,
    ...logLoss,
    bestConstant: mostFrequent,
  },
  top_5_accuracy: {
    name: 'top-5 accuracy',
    tasks: ['multiclass'],
    better: 'higher',
    logs: ['top_k_categorical_accuracy', 'sparse_top_k_categorical_accuracy'],
    best: 1,
    ...topK(5),
    bestConstant: mostFrequent,
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
