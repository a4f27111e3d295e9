import { shareOfRows } from './mean-of-rows.ts';

/**
 * The share of rows whose class is among the k most probable; of equal ones the later are taken first, as in
 * scikit-learn. Of a label without probabilities the share of right ones.
 */
export function topK(k: number) {
  return shareOfRows((actual, predicted, probabilities) => {
    if (!probabilities) return Number(actual === predicted);
    const own = probabilities[actual] ?? 0;
    const before = probabilities.filter(
      (other, label) => other > own || (other === own && label > actual),
    );
    return Number(before.length < k);
  });
}
