import { rule } from '../rule.ts';
import { sigmoids } from './activations.ts';
import { isCrossentropy, ownActivation, spelled } from './losses.ts';
import type { RecipeFacts } from './recipe-facts.ts';

export const activatedLogits = rule(
  'activated-logits',
  'error',
  ({ loss, fromLogits, activation }: RecipeFacts) => {
    const isActivated = activation === 'softmax' || sigmoids.includes(activation);
    if (activation === null || !fromLogits || !isCrossentropy(loss) || !isActivated) return null;
    return { activation, loss: spelled(loss), applied: ownActivation(loss) };
  },
);
