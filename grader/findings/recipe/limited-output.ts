import { rule } from '../rule.ts';
import { positive, sigmoids, tanhs } from './activations.ts';
import type { RecipeFacts } from './recipe-facts.ts';

export const limitedOutput = rule(
  'limited-output',
  'warning',
  ({ problem, outputs, activation }: RecipeFacts) => {
    if (activation === null || !isOfNumbers(problem)) return null;
    const isFlatBelowZero = activation === 'relu' || activation === 'relu6';
    // A series is scaled; the targets of a regression are not.
    if (!isFlatBelowZero && (problem.task === 'forecast' || outputs !== 1)) return null;
    const range = rangeOf(activation);
    return range && { problem: problem.id, activation, isFlatBelowZero, ...range };
  },
);

function isOfNumbers({ task }: RecipeFacts['problem']): boolean {
  return task === 'regression' || task === 'forecast';
}

function rangeOf(activation: string) {
  if (sigmoids.includes(activation)) return { lowest: 0, highest: 1 };
  if (tanhs.includes(activation)) return { lowest: -1, highest: 1 };
  return positive.includes(activation) ? { lowest: 0, highest: null } : null;
}
