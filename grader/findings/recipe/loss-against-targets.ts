import type { FindingFigures } from '../../contract.ts';
import { isClassification } from '../../contract/task.ts';
import { rule } from '../rule.ts';
import { isCrossentropy, spelled } from './losses.ts';
import type { RecipeFacts } from './recipe-facts.ts';

export const lossAgainstTargets = rule('loss-against-targets', 'error', (facts: RecipeFacts) => {
  const { problem, loss, outputs } = facts;
  const mismatch = isClassification(problem.task) ? mismatchOf(facts) : null;
  return mismatch && { problem: problem.id, loss: spelled(loss), outputs, mismatch };
});

type Mismatch = FindingFigures['loss-against-targets']['mismatch'];

function mismatchOf({ loss, outputs }: RecipeFacts): Mismatch | null {
  if (!isCrossentropy(loss)) return 'loss-of-numbers';
  if (outputs === 1) return loss === 'BinaryCrossentropy' ? null : 'one-output';
  if (loss === 'SparseCategoricalCrossentropy') return null;
  // Keras fails there: "Arguments `target` and `output` must have the same rank" (ops/nn.py).
  return loss === 'BinaryCrossentropy' ? 'yes-or-no' : 'one-hot';
}
