import { mebibytes } from '../../text/bytes.ts';
import { clean } from '../../text/show.ts';
import { modelFileLimits } from '../limits.ts';
import type { Refusals } from './refusal.ts';
import { productOf, sumOf } from '../../sizes.ts';

/** An array as a file declares it: a path in HDF5, a name elsewhere. */
type Declared = { readonly shape: readonly number[] } & (
  { readonly path: string } | { readonly name: string }
);

/** Throws where all weights together declare more than the limits, before any is read. */
export function checkDeclared(weights: readonly Declared[], refusals: Refusals): void {
  if (weights.length > modelFileLimits.arrays) {
    throw refusals.limit(
      'too-many-arrays',
      `${weights.length} arrays of weights; at most ${modelFileLimits.arrays} are read.`,
    );
  }
  const bytes = weights.reduce(
    (sum, weight) =>
      refusals.at(`weights up to ${clean('path' in weight ? weight.path : weight.name, 120)}`, () =>
        sumOf([sum, productOf([4, ...weight.shape])]),
      ),
    0,
  );
  if (bytes <= modelFileLimits.weightBytes) return;
  throw refusals.limit(
    'weights-too-large',
    `its weights declare ${mebibytes(bytes)} MiB as float32; ` +
      `at most ${mebibytes(modelFileLimits.weightBytes)} MiB are read.`,
  );
}
