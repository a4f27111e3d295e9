import { positive, sigmoids, tanhs } from './activations.ts';
import type { RecipeFacts, RecipeHint } from './hint.ts';
import { isCrossentropy, ownActivation, spelled } from './losses.ts';

export const activationAgainstLoss: RecipeHint = {
  id: 'activation-against-loss',
  appliesTo: ['multiclass', 'binary'],
  check(facts) {
    const { loss, fromLogits, outputs, activation } = facts;
    const isOther = activation === null || activation === 'linear' || activation === 'softmax';
    if (isOther || !isCrossentropy(loss)) return null;
    // What one output should be is told by the loss's own hint.
    if (outputs === 1 && loss !== 'BinaryCrossentropy') return null;
    return fromLogits ? limitedLogits(facts) : noProbabilities(facts);
  },
};

function limitedLogits({ loss, activation }: RecipeFacts): string | null {
  if (![...positive, ...tanhs].includes(activation)) return null;
  return `${spelled(loss)} with fromLogits: true takes numbers of any size, and the last layer has a ${activation}, which leaves some out. Leave the activation out.`;
}

function noProbabilities({ loss, outputs, activation }: RecipeFacts): string | null {
  const isSigmoid = sigmoids.includes(activation);
  if (loss === 'BinaryCrossentropy') {
    if (isSigmoid) return null;
    return `binaryCrossentropy takes probabilities, and the ${activation} of the last layer gives none. Take activation: 'sigmoid'.`;
  }
  const why = isSigmoid
    ? `takes the probabilities of ${outputs} classes, which sum to 1; a ${activation} takes each by itself`
    : `takes probabilities, and the ${activation} of the last layer gives none`;
  return `${spelled(loss)} ${why}. Take activation: '${ownActivation(loss)}'.`;
}
