import type { TrainingMetric } from '../../../metrics/training.ts';
import {
  accuracy,
  binaryAccuracy,
  categoricalAccuracy,
  sparseCategoricalAccuracy,
  sparseTopKCategoricalAccuracy,
  topKCategoricalAccuracy,
} from './accuracies.ts';
import { auc, precision, recall } from './confusion.ts';
import type { MetricDefinition } from './definition.ts';
import { cosine, mae, mape, mse, msle, rmse } from './errors.ts';

/** Keras's meaning of every metric that a recipe may have. */
const definitions: { readonly [Id in TrainingMetric]: MetricDefinition } = {
  accuracy,
  binary_accuracy: binaryAccuracy,
  categorical_accuracy: categoricalAccuracy,
  sparse_categorical_accuracy: sparseCategoricalAccuracy,
  top_k_categorical_accuracy: topKCategoricalAccuracy,
  sparse_top_k_categorical_accuracy: sparseTopKCategoricalAccuracy,
  mae,
  mse,
  rmse,
  mape,
  msle,
  cosine_similarity: cosine,
  auc,
  precision,
  recall,
};

export function metricDefinition(metric: TrainingMetric): MetricDefinition {
  return definitions[metric];
}
