import { isClassification } from '../../contract/task.ts';
import { rule } from '../rule.ts';
import { softmaxes } from './activations.ts';
import type { RecipeFacts } from './recipe-facts.ts';

export const oneSoftmaxUnit = rule(
  'one-softmax-unit',
  'error',
  ({ problem, outputs, activation }: RecipeFacts) => {
    if (activation === null || outputs !== 1 || !softmaxes.includes(activation)) return null;
    const value = activation === 'softmax' ? 1 : 0;
    return { activation, value, isClassification: isClassification(problem.task) };
  },
);
