import { sigmoids } from './activations.ts';
import type { RecipeHint } from './hint.ts';
import { isCrossentropy, ownActivation, spelled } from './losses.ts';

export const activatedLogits: RecipeHint = {
  id: 'activated-logits',
  appliesTo: ['multiclass', 'binary'],
  check({ loss, fromLogits, activation }) {
    const isActivated = activation === 'softmax' || sigmoids.includes(activation);
    if (!fromLogits || !isCrossentropy(loss) || !isActivated) return null;
    return `The last layer has a ${activation}, and ${spelled(loss)} with fromLogits: true applies a ${ownActivation(loss)} to what comes out of it. Leave out either of them.`;
  },
};
