import { mebibytes } from '../../text/bytes.ts';
import { modelFileLimits } from '../limits.ts';
import type { Refusals } from './refusal.ts';

/** Throws where the shapes of all weights together declare more than the limits, before any is read. */
export function checkDeclared(shapes: readonly (readonly number[])[], refusals: Refusals): void {
  if (shapes.length > modelFileLimits.arrays) {
    throw refusals.limit(
      'too-many-arrays',
      `${shapes.length} arrays of weights; at most ${modelFileLimits.arrays} are read.`,
    );
  }
  const bytes = shapes.reduce(
    (sum, shape) => sum + 4 * shape.reduce((product, side) => product * side, 1),
    0,
  );
  if (bytes <= modelFileLimits.weightBytes) return;
  throw refusals.limit(
    'weights-too-large',
    `its weights declare ${mebibytes(bytes)} MiB as float32; ` +
      `at most ${mebibytes(modelFileLimits.weightBytes)} MiB are read.`,
  );
}
