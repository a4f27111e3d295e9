import type { RecipeHint } from './hint.ts';
import { isCrossentropy, ownActivation, spelled } from './losses.ts';

export const logitsAsProbabilities: RecipeHint = {
  id: 'logits-as-probabilities',
  appliesTo: ['multiclass', 'binary'],
  check({ loss, fromLogits, activation }) {
    if (fromLogits || !isCrossentropy(loss) || activation !== 'linear') return null;
    const name = spelled(loss);
    return `${name} takes probabilities, and the last layer has no activation, so it gives numbers of any size. Give it activation: '${ownActivation(loss)}', or take losses.${name}({ fromLogits: true }).`;
  },
};
