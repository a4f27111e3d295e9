import type { TrainingPart } from './settings.ts';

/**
 * The weight of each row's loss: its sample weight times the weight of its class at the one output,
 * 1 for classes that are not named, as in Keras's `fit`. Null where nothing is weighted.
 */
export function exampleWeights(
  { targets: [targets], sampleWeights }: Pick<TrainingPart, 'targets' | 'sampleWeights'>,
  classWeights: Readonly<Record<string, number>> | null,
): Float32Array | null {
  if (!sampleWeights && !classWeights) return null;
  const rows = targets?.shape[0] ?? 0;
  return Float32Array.from({ length: rows }, (_, row) => {
    const ofClass = classWeights?.[String(targets?.data[row])] ?? 1;
    return ofClass * (sampleWeights?.[row] ?? 1);
  });
}
