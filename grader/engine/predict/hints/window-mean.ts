import type { NdArray } from '../../../contract.ts';
import { moments } from './series.ts';

/**
 * Mean absolute errors of single forecasts, measured against the next value and against the mean of
 * all targets of the window: what a model learns whose single output is compared with each of them.
 */
export function forecastErrors(
  predictions: NdArray,
  targets: NdArray,
): { readonly next: number; readonly mean: number } {
  const rows = predictions.shape[0] ?? 0;
  let [next, mean] = [0, 0];
  for (let row = 0; row < rows; row++) {
    const forecast = lastAt(rowOf(predictions, row));
    const window = rowOf(targets, row);
    const average = moments(window).mean;
    next += Math.abs(forecast - lastAt(window));
    mean += Math.abs(forecast - average);
  }
  return { next: next / rows, mean: mean / rows };
}

function rowOf({ data, shape }: NdArray, row: number): NdArray['data'] {
  const width = data.length / (shape[0] ?? 1);
  return data.subarray(row * width, (row + 1) * width);
}

/** The single value, or the last step of a sequence. */
function lastAt(values: NdArray['data']): number {
  return values.at(-1) ?? NaN;
}
