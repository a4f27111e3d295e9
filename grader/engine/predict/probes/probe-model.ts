import type { ArrayFile, EvaluateJob, ModelProbes, NdArray } from '../../../contract.ts';
import { probeLaterSteps } from './later-steps.ts';
import { probePerturbedInputs } from './perturbed-inputs.ts';
import { probedRows } from './rows.ts';

interface Predicted {
  readonly predictions: ArrayFile;
  /** That all of them took. */
  readonly seconds: number;
  /** Until the time of the job is over. */
  readonly secondsLeft: number;
}

const mostSeconds = 0.5;

type Predict = (rows: NdArray) => Promise<NdArray>;

/**
 * What is tried with a model once its predictions are written: a few rows more are predicted, where that
 * takes a moment only. A probe that fails is one that was not made, since it is worth no grading.
 */
export async function probeModel(
  inputs: ArrayFile,
  predicted: Predicted,
  predict: Predict,
): Promise<ModelProbes> {
  if (!isQuick(predicted)) return { laterSteps: null };
  const [, ...output] = predicted.predictions.shape;
  return { laterSteps: await probeLaterSteps(inputs, output, predict).catch(() => null) };
}

/** The same, and what is tried with weights of which nobody knows where they come from. */
export async function probeHandedIn(
  { data: { heldOut }, problem }: Pick<EvaluateJob, 'data' | 'problem'>,
  predicted: Predicted,
  predict: Predict,
): Promise<ModelProbes> {
  const probes = await probeModel(heldOut.inputs, predicted, predict);
  if (!isQuick(predicted)) return { ...probes, perturbedInputs: null };
  const found = probePerturbedInputs(heldOut.inputs, problem, predict);
  return { ...probes, perturbedInputs: await found.catch(() => null) };
}

function isQuick({ predictions, seconds, secondsLeft }: Predicted): boolean {
  const [rows = 1] = predictions.shape;
  return (seconds * probedRows) / rows <= mostSeconds && secondsLeft >= mostSeconds;
}
