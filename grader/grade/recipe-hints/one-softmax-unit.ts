import { softmaxes } from './activations.ts';
import type { RecipeHint } from './hint.ts';

export const oneSoftmaxUnit: RecipeHint = {
  id: 'one-softmax-unit',
  appliesTo: ['regression', 'forecast', 'multiclass', 'binary'],
  check({ problem, outputs, activation }) {
    if (outputs !== 1 || !softmaxes.includes(activation)) return null;
    const value = activation === 'softmax' ? 1 : 0;
    const advice =
      problem.task === 'binary'
        ? "Take activation: 'sigmoid', or two outputs with sparseCategoricalCrossentropy."
        : 'Leave the activation out.';
    return `A ${activation} over one output is always ${value}, and so is every prediction: nothing is learnt, since it has no gradient. ${advice}`;
  },
};
