import type { EvaluateJob, NdArray } from '../../../contract.ts';
import { isClassification } from '../../../contract/task.ts';
import { measure } from '../../../metrics/measure.ts';
import { metricOf } from '../../../metrics/metric.ts';
import { readLabels, readValues } from '../../../metrics/read-output.ts';

type Measured = Pick<EvaluateJob['problem'], 'task' | 'metric' | 'classes'>;

/** The problem's metric of predictions for the first rows of targets that a trainer may see. */
export function validationMetric(
  predictions: NdArray,
  targets: NdArray,
  { task, metric, classes = [] }: Measured,
): number {
  const ofClasses = isClassification(task);
  const output = ofClasses
    ? readLabels(predictions, classes.length)
    : readValues(predictions, task);
  const known = ofClasses ? Array.from(targets.data) : readValues(targets, task).predicted;
  return measure(metric.id, { ...output, actual: known.slice(0, predictions.shape[0]) }).value;
}

/** How far a value is from the best that the metric can be. */
export function errorOf(value: number, { metric }: Pick<Measured, 'metric'>): number {
  return Math.abs(metricOf(metric.id).best - value);
}
