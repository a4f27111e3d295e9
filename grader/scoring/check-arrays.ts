import type { NdArray } from '../contract.ts';
import { GraderError, candidateError } from '../errors.ts';

/**
 * Refuses what must not meet a metric. Throws fault `package` for targets that are empty or not
 * finite, `machine` for predictions of another dtype or row count, `candidate` for predictions that are
 * not finite.
 */
export function checkArrays(predictions: NdArray, targets: NdArray): void {
  const rows = targets.shape[0] ?? 0;
  const badTargets = notFinite(targets);
  if (rows === 0 || badTargets.count > 0) {
    throw new GraderError({
      fault: 'package',
      code: 'held-out-targets',
      message: `The held-out targets have ${rows} rows, ${badTargets.count} of them not finite.`,
      help: "Correct the problem package's data.ts.",
    });
  }
  if (predictions.dtype !== 'float32' || predictions.shape[0] !== rows) {
    throw new GraderError({
      fault: 'grader',
      code: 'predictions-rows',
      message: `internal: predictions must be float32 with ${rows} rows, got ${predictions.dtype} with ${predictions.shape[0] ?? 0}.`,
      help: 'This is a bug in the grader, not in the submission. Report it with the text above.',
    });
  }
  const bad = notFinite(predictions);
  if (bad.count > 0) {
    throw candidateError(
      'predictions-not-finite',
      `The model's predictions are not finite (NaN or infinity) in ${bad.count} of ${rows} held-out rows, first in row ${bad.first}.`,
      'Lower the learning rate, check the loss for a logarithm of zero, or clip the gradients, and look where the loss first becomes NaN.',
    );
  }
}

function notFinite(array: NdArray): { readonly count: number; readonly first: number } {
  const rows = array.shape[0] ?? 0;
  const columns = rows === 0 ? 0 : array.data.length / rows;
  const isBad = (row: number) =>
    !array.data.subarray(row * columns, (row + 1) * columns).every(Number.isFinite);
  const bad = Array.from({ length: rows }, (_, row) => row).filter(isBad);
  return { count: bad.length, first: bad[0] ?? -1 };
}
