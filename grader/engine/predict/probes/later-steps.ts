import type { ArrayFile, LaterSteps, NdArray } from '../../../contract.ts';
import { fewRows, spreadOf, withChanged } from './rows.ts';

/** In standard deviations of the outputs: what sums in another order may move. */
const noise = 1e-3;

/**
 * How far the outputs up to the middle of a sequence move when the inputs after it change: not at all where
 * each step sees what came before it. The same rows are predicted as they are and with their later steps
 * in reverse, raised by the spread of the inputs. Null where the output is no sequence of as many steps.
 */
export async function probeLaterSteps(
  inputs: ArrayFile,
  outputShape: readonly number[],
  predict: (rows: NdArray) => Promise<NdArray>,
): Promise<LaterSteps | null> {
  const [, steps = 0] = inputs.shape;
  const isSequence = outputShape.length === 2 && outputShape[0] === steps && steps > 1;
  if (!isSequence || inputs.dtype !== 'float32') return null;
  const plain = await fewRows(inputs);
  const seen = Math.floor(steps / 2);
  const [rows = 0] = plain.shape;
  const { data } = await predict(withChanged(plain, withLaterSteps(plain, seen)));
  const half = data.length / 2;
  const perStep = half / rows / steps;
  let most = 0;
  for (let at = 0; at < half; at++) {
    if (Math.floor(at / perStep) % steps >= seen) continue;
    most = Math.max(most, Math.abs((data[at] ?? 0) - (data[half + at] ?? 0)));
  }
  const moved = most / (spreadOf(data.subarray(0, half)) || 1);
  return { steps: seen, rows, moved: moved > noise ? moved : 0 };
}

/** The same rows, whose steps from `seen` on are reversed and raised. */
function withLaterSteps({ shape, data }: NdArray, seen: number): Float32Array {
  const [rows = 1, steps = 1] = shape;
  const width = data.length / rows / steps;
  const raise = spreadOf(data) || 1;
  return Float32Array.from(data, (value, at) => {
    const step = Math.floor(at / width) % steps;
    if (step < seen) return value;
    const mirrored = at + (steps - 1 - step + seen - step) * width;
    return (data[mirrored] ?? 0) + raise;
  });
}
