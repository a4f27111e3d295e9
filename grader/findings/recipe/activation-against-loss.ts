import type { FindingFigures } from '../../contract.ts';
import { rule } from '../rule.ts';
import { positive, sigmoids, tanhs } from './activations.ts';
import { isCrossentropy, ownActivation, spelled } from './losses.ts';
import type { RecipeFacts } from './recipe-facts.ts';

type Mismatch = FindingFigures['activation-against-loss']['mismatch'];

export const activationAgainstLoss = rule(
  'activation-against-loss',
  'error',
  ({ loss, fromLogits, outputs, activation }: RecipeFacts) => {
    const isOther = activation === null || activation === 'linear' || activation === 'softmax';
    if (isOther || !isCrossentropy(loss)) return null;
    // What one output should be is told by the loss's own rule.
    if (outputs === 1 && loss !== 'BinaryCrossentropy') return null;
    const mismatch = fromLogits ? ofLogits(activation) : ofProbabilities(activation, loss);
    if (mismatch === null) return null;
    return { activation, loss: spelled(loss), outputs, wanted: ownActivation(loss), mismatch };
  },
);

function ofLogits(activation: string): Mismatch | null {
  return [...positive, ...tanhs].includes(activation) ? 'cuts-logits' : null;
}

function ofProbabilities(activation: string, loss: string): Mismatch | null {
  if (!sigmoids.includes(activation)) return 'no-probabilities';
  return loss === 'BinaryCrossentropy' ? null : 'each-by-itself';
}
