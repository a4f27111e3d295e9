import type { RecipeFacts, RecipeHint } from './hint.ts';
import { isCrossentropy, spelled } from './losses.ts';

export const lossAgainstTargets: RecipeHint = {
  id: 'loss-against-targets',
  appliesTo: ['multiclass', 'binary'],
  check(facts) {
    const { loss, outputs } = facts;
    if (!isCrossentropy(loss)) return numbers(facts);
    if (outputs === 1) return loss === 'BinaryCrossentropy' ? null : noClasses(loss);
    if (loss === 'SparseCategoricalCrossentropy') return null;
    return loss === 'BinaryCrossentropy' ? yesOrNo(facts) : oneHot(facts);
  },
};

function numbers({ problem, loss, outputs }: RecipeFacts): string {
  const better =
    outputs === 1
      ? 'binaryCrossentropy with a sigmoid'
      : 'sparseCategoricalCrossentropy with a softmax';
  return `${spelled(loss)} is for numbers, and the targets of ${problem.id} are classes. Take ${better}.`;
}

function noClasses(loss: string): string {
  return `${spelled(loss)} takes an output for each class and the model has one, for which it is always 0: nothing is learnt. Take binaryCrossentropy with a sigmoid, or two outputs with a softmax.`;
}

function yesOrNo({ problem, outputs }: RecipeFacts): string {
  return `binaryCrossentropy asks for yes or no at each output by itself; a target of ${problem.id} is one of ${outputs} classes. Take sparseCategoricalCrossentropy with a softmax.`;
}

/** Keras fails there: "Arguments `target` and `output` must have the same rank" (ops/nn.py). */
function oneHot({ problem, loss, outputs }: RecipeFacts): string {
  return `The targets of ${problem.id} are class numbers, 0 to ${outputs - 1}, and ${spelled(loss)} takes one-hot vectors. The grader makes them of the numbers; Keras fails. Take sparseCategoricalCrossentropy.`;
}
