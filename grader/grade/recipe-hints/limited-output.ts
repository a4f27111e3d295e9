import { positive, sigmoids, tanhs } from './activations.ts';
import type { RecipeHint } from './hint.ts';

export const limitedOutput: RecipeHint = {
  id: 'limited-output',
  appliesTo: ['regression', 'forecast'],
  check({ problem, outputs, activation }) {
    const advice = 'Leave the activation of the last layer out.';
    if (activation === 'relu' || activation === 'relu6') {
      return `The ${activation} of the last layer gives no number below 0 and has no gradient there: a model that begins below 0 learns nothing. ${advice}`;
    }
    // A series is scaled; the targets of a regression are not.
    if (problem.task === 'forecast' || outputs !== 1) return null;
    const range = rangeOf(activation);
    if (range === null) return null;
    return `The ${activation} of the last layer gives numbers ${range} only, and the targets of ${problem.id} are not scaled. ${advice}`;
  },
};

function rangeOf(activation: string | null): string | null {
  if (sigmoids.includes(activation)) return 'from 0 to 1';
  if (tanhs.includes(activation)) return 'from -1 to 1';
  return positive.includes(activation) ? 'above 0' : null;
}
