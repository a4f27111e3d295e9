import { tf, type Tensor } from '../../tensorflow/tf.ts';
import { replaceClass } from '../class-map.ts';
import { recurrentClass, type RecurrentKind } from './recurrent.ts';

const simpleRnn: RecurrentKind = {
  gates: 1,
  states: 1,
  inputBias: (cell) => cell.bias?.read() ?? null,
  step: (cell, drop) => ({
    weights: drop
      ? [cell.recurrentKernel.read(), tf.squeeze(drop, [0])]
      : [cell.recurrentKernel.read()],
    cell: (inputs, states, weights) => {
      const [input] = inputs as [Tensor];
      const [previous] = states as [Tensor];
      const [kernel, mask] = weights as [Tensor, Tensor?];
      const state = mask ? tf.mul(previous, mask) : previous;
      return [cell.activation.apply(tf.add(input, tf.matMul(state, kernel)))];
    },
  }),
};

/** SimpleRNN as in Keras 3. */
export function registerSimpleRnn(): void {
  replaceClass('SimpleRNN', recurrentClass('SimpleRNN', simpleRnn));
}
