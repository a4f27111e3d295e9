import { metricIds, metrics, type MetricId } from './metric.ts';

/** The metrics that a training reports. */
export type TrainingMetric = {
  [Id in MetricId]: (typeof metrics)[Id] extends { readonly training: object } ? Id : never;
}[MetricId];

/** Every name that a recipe may give them. */
export type TrainingMetricName =
  TrainingMetric | (typeof metrics)[TrainingMetric]['training']['spellings'][number];

export const trainingMetrics: readonly TrainingMetric[] = metricIds.filter(
  (id): id is TrainingMetric => 'training' in metrics[id],
);
