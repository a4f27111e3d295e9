import type { EvaluateJob, NdArray } from '../../../contract.ts';

type Measured = Pick<EvaluateJob['problem'], 'task' | 'metric'>;

/** The problem's metric of predictions for the first rows of targets that a trainer may see. */
export function validationMetric(
  predictions: NdArray,
  targets: NdArray,
  { task, metric }: Measured,
): number {
  const rows = predictions.shape[0] ?? 0;
  const isClass = task === 'multiclass' || task === 'binary';
  const read = isClass ? labelAt : lastAt;
  let sum = 0;
  for (let row = 0; row < rows; row++) {
    const given = read(rowOf(predictions, row));
    const wanted = lastAt(rowOf(targets, row));
    sum += lossOf(metric.id, given - wanted);
  }
  return sum / rows;
}

/** How far a value is from the best that the metric can be. */
export function errorOf(value: number, { metric }: Pick<Measured, 'metric'>): number {
  return metric.better === 'higher' ? 1 - value : value;
}

function lossOf(metric: Measured['metric']['id'], difference: number): number {
  if (metric === 'accuracy') return difference === 0 ? 1 : 0;
  return metric === 'mse' ? difference ** 2 : Math.abs(difference);
}

export function rowOf({ data, shape }: NdArray, row: number): NdArray['data'] {
  const width = data.length / (shape[0] ?? 1);
  return data.subarray(row * width, (row + 1) * width);
}

function labelAt(scores: NdArray['data']): number {
  if (scores.length === 1) return (scores[0] ?? 0) > 0.5 ? 1 : 0;
  let best = 0;
  scores.forEach((score, label) => {
    if (score > (scores[best] ?? 0)) best = label;
  });
  return best;
}

/** The single value, or the last step of a sequence. */
export function lastAt(values: NdArray['data']): number {
  return values.at(-1) ?? NaN;
}
