import { mebibytes } from '../../text/bytes.ts';
import { modelFileLimits } from '../limits.ts';
import type { Refusals } from './refusal.ts';
import { productOf, sumOf } from '../../sizes.ts';

/** Throws where the shapes of all weights together declare more than the limits, before any is read. */
export function checkDeclared(shapes: readonly (readonly number[])[], refusals: Refusals): void {
  if (shapes.length > modelFileLimits.arrays) {
    throw refusals.limit(
      'too-many-arrays',
      `${shapes.length} arrays of weights; at most ${modelFileLimits.arrays} are read.`,
    );
  }
  const bytes = sumOf(shapes.map((shape) => productOf([4, ...shape])));
  if (bytes <= modelFileLimits.weightBytes) return;
  throw refusals.limit(
    'weights-too-large',
    `its weights declare ${mebibytes(bytes)} MiB as float32; ` +
      `at most ${mebibytes(modelFileLimits.weightBytes)} MiB are read.`,
  );
}
