import { rule } from '../rule.ts';
import { isCrossentropy, ownActivation, spelled } from './losses.ts';
import type { RecipeFacts } from './recipe-facts.ts';

export const logitsAsProbabilities = rule(
  'logits-as-probabilities',
  'error',
  ({ loss, fromLogits, activation }: RecipeFacts) => {
    if (fromLogits || !isCrossentropy(loss) || activation !== 'linear') return null;
    return { loss: spelled(loss), wanted: ownActivation(loss) };
  },
);
