import type { Better } from './metric.ts';

/** A metric that a training can report after each epoch; the engine has the arithmetic. */
interface TrainingMetricFacts {
  readonly better: Better;
  /** What it compares predictions with: numbers of classes, what has the predictions' shape, or both. */
  readonly targets: 'class-numbers' | 'values' | 'both';
  /** Other names in recipes and model files. */
  readonly spellings: readonly string[];
  /** What Keras writes in a model file for the options that it has here. */
  readonly options?: Readonly<Record<string, unknown>>;
}

const higher = { better: 'higher', targets: 'values' } as const;
const lower = { better: 'lower', targets: 'values' } as const;

/** By the names that logs have; all but `mae` and the like are those of Keras. */
const trainingMetrics = {
  /** Of the classes that are compared; a single output is class 1 above 0.5, a logit above 0. */
  accuracy: { better: 'higher', targets: 'both', spellings: ['acc'] },
  binary_accuracy: {
    ...higher,
    spellings: ['binaryAccuracy'],
    options: { threshold: 0.5 },
  },
  categorical_accuracy: { ...higher, spellings: ['categoricalAccuracy'] },
  sparse_categorical_accuracy: {
    ...{ better: 'higher', targets: 'class-numbers' },
    spellings: ['sparseCategoricalAccuracy'],
  },
  top_k_categorical_accuracy: {
    ...higher,
    spellings: ['topKCategoricalAccuracy'],
    options: { k: 5 },
  },
  sparse_top_k_categorical_accuracy: {
    ...{ better: 'higher', targets: 'class-numbers' },
    spellings: ['sparseTopKCategoricalAccuracy'],
    options: { k: 5, from_sorted_ids: false },
  },
  mae: { ...lower, spellings: ['mean_absolute_error', 'meanAbsoluteError'] },
  mse: { ...lower, spellings: ['mean_squared_error', 'meanSquaredError'] },
  rmse: { ...lower, spellings: ['root_mean_squared_error', 'rootMeanSquaredError'] },
  mape: { ...lower, spellings: ['mean_absolute_percentage_error', 'meanAbsolutePercentageError'] },
  msle: { ...lower, spellings: ['mean_squared_logarithmic_error', 'meanSquaredLogarithmicError'] },
  cosine_similarity: { ...higher, spellings: ['cosineSimilarity'], options: { axis: -1 } },
  auc: {
    ...higher,
    spellings: ['AUC'],
    options: {
      ...{ num_thresholds: 200, curve: 'ROC', summation_method: 'interpolation' },
      ...{ multi_label: false, from_logits: false },
    },
  },
  precision: { ...higher, spellings: [] },
  recall: { ...higher, spellings: [] },
} as const satisfies Readonly<Record<string, TrainingMetricFacts>>;

export type TrainingMetric = keyof typeof trainingMetrics;

/** Every name that a recipe may give them. */
export type TrainingMetricName =
  TrainingMetric | (typeof trainingMetrics)[TrainingMetric]['spellings'][number];

export const trainingMetricIds: readonly TrainingMetric[] =
  Object.keys(trainingMetrics).filter(isTrainingMetric);

export function trainingMetric(id: TrainingMetric): TrainingMetricFacts {
  return trainingMetrics[id];
}

export function isTrainingMetric(id: unknown): id is TrainingMetric {
  return typeof id === 'string' && Object.hasOwn(trainingMetrics, id);
}
