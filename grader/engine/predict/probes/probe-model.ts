import type { ArrayFile, ModelProbes, NdArray } from '../../../contract.ts';
import { probedRows, probeLaterSteps } from './later-steps.ts';

interface Predicted {
  readonly predictions: ArrayFile;
  /** That all of them took. */
  readonly seconds: number;
  /** Until the time of the job is over. */
  readonly secondsLeft: number;
}

const mostSeconds = 0.5;

/**
 * What is tried with a model once its predictions are written: a few rows more are predicted, where that
 * takes a moment only. A probe that fails is one that was not made, since it is worth no grading.
 */
export async function probeModel(
  inputs: ArrayFile,
  { predictions, seconds, secondsLeft }: Predicted,
  predict: (rows: NdArray) => Promise<NdArray>,
): Promise<ModelProbes> {
  const [rows = 1, ...output] = predictions.shape;
  const forecast = (seconds * probedRows) / rows;
  if (forecast > mostSeconds || secondsLeft < mostSeconds) return { laterSteps: null };
  return { laterSteps: await probeLaterSteps(inputs, output, predict).catch(() => null) };
}
