import type { StoredLayerOptions } from '../../../recipe/layers.ts';
import { tf, type Tensor } from '../../tensorflow/tf.ts';
import { activate } from '../activation/activations.ts';
import { layer } from '../definition.ts';
import { gateCost, gateSpecs, ofRecurrence, recur, type RecurrentKind } from './recurrent.ts';

const kind: RecurrentKind<StoredLayerOptions<'SimpleRNN'>> = {
  gates: 1,
  states: 1,
  inputBias: ({ weights }) => weights.bias,
  step: ({ options, weights: { recurrentKernel } }, drop) => ({
    weights: drop ? [recurrentKernel, tf.squeeze(drop, [0])] : [recurrentKernel],
    cell: (inputs, states, weights) => {
      const [input] = inputs as [Tensor];
      const [previous] = states as [Tensor];
      const [kernel, mask] = weights as [Tensor, Tensor?];
      const state = mask ? tf.mul(previous, mask) : previous;
      return [activate(options.activation, tf.add(input, tf.matMul(state, kernel)))];
    },
  }),
};

export const simpleRnn = layer('SimpleRNN', {
  ...ofRecurrence(1),
  heldPerUnit: 4,
  weights: (options, inputs) => gateSpecs(options, inputs, { gates: 1 }),
  cost: (options, inputs) => gateCost(options, inputs, kind.gates),
  call: (options, weights, given) => recur(kind, { options, weights, given }),
});
