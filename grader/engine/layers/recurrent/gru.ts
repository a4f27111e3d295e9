import type { StoredLayerOptions } from '../../../recipe/layers.ts';
import type { Cell } from '../../tensorflow/scan.ts';
import { tf, type Tensor } from '../../tensorflow/tf.ts';
import { activate } from '../activation/activations.ts';
import { layer } from '../definition.ts';
import { biasSpec } from '../weight-specs.ts';
import { kernelByGate, recurrentProduct } from './gate-products.ts';
import { gateCost, gateSpecs, ofRecurrence, recur, type RecurrentKind } from './recurrent.ts';
import type { Run } from './run.ts';

type Options = StoredLayerOptions<'GRU'>;

const kind: RecurrentKind<Options> = {
  gates: 3,
  states: 1,
  inputBias: (run) => {
    if (!run.weights.bias) return null;
    return run.options.resetAfter ? biasRow(run, 0) : run.weights.bias;
  },
  step: (run, drop) => (run.options.resetAfter ? stepAfter(run, drop) : stepBefore(run, drop)),
};

/**
 * With `reset_after`, Keras's default, the reset gate works after the matrix product, and the bias
 * [2, 3 units] has a row for the input and one for the state.
 */
export const gru = layer('GRU', {
  ...ofRecurrence(1),
  heldPerUnit: 5,
  weights(options, inputs) {
    const specs = gateSpecs(options, inputs, { gates: 3 });
    if (!options.resetAfter) return specs;
    return { ...specs, bias: biasSpec(options, [2, 3 * options.units]) };
  },
  cost: (options, inputs) => gateCost(options, inputs, kind.gates),
  call: (options, weights, given) => recur(kind, { options, weights, given }),
});

function biasRow({ options, weights: { bias } }: Run<Options>, row: 0 | 1): Tensor {
  const width = 3 * options.units;
  if (!bias) return tf.zeros([width]);
  return tf.reshape(tf.slice(bias, [row, 0], [1, width]), [width]);
}

function stepAfter(run: Run<Options>, drop: Tensor | null) {
  const { activation, recurrentActivation } = run.options;
  const kernel = run.weights.recurrentKernel;
  const weights = [drop ? kernelByGate(kernel) : kernel, biasRow(run, 1)];
  const step: Cell = (inputs, states, given) => {
    const [input] = inputs as [Tensor];
    const [previous] = states as [Tensor];
    const [recurrent, bias, mask] = given as [Tensor, Tensor, Tensor?];
    const inner = tf.add(recurrentProduct(previous, recurrent, mask), bias);
    const [xz, xr, xh] = tf.split(input, 3, 1) as [Tensor, Tensor, Tensor];
    const [hz, hr, hh] = tf.split(inner, 3, 1) as [Tensor, Tensor, Tensor];
    const update = activate(recurrentActivation, tf.add(xz, hz));
    const reset = activate(recurrentActivation, tf.add(xr, hr));
    const candidate = activate(activation, tf.add(xh, tf.mul(reset, hh)));
    return [mix(update, previous, candidate)];
  };
  return { cell: step, weights: drop ? [...weights, drop] : weights };
}

function stepBefore({ options, weights }: Run<Options>, drop: Tensor | null) {
  const { units, activation, recurrentActivation } = options;
  const [gates, candidates] = tf.split(weights.recurrentKernel, [2 * units, units], 1) as [
    Tensor,
    Tensor,
  ];
  const masks = drop ? tf.split(drop, [2, 1], 0) : [];
  const step: Cell = (inputs, states, given) => {
    const [input] = inputs as [Tensor];
    const [previous] = states as [Tensor];
    const [ofGates, ofCandidate, gateMask, stateMask] = given as [Tensor, Tensor, Tensor?, Tensor?];
    const inner = recurrentProduct(previous, ofGates, gateMask);
    const [xz, xr, xh] = tf.split(input, 3, 1) as [Tensor, Tensor, Tensor];
    const [hz, hr] = tf.split(inner, 2, 1) as [Tensor, Tensor];
    const update = activate(recurrentActivation, tf.add(xz, hz));
    const reset = activate(recurrentActivation, tf.add(xr, hr));
    const state = tf.mul(reset, stateMask ? tf.mul(previous, stateMask) : previous);
    const candidate = activate(activation, tf.add(xh, tf.matMul(state, ofCandidate)));
    return [mix(update, previous, candidate)];
  };
  const [gateMask, stateMask] = masks;
  const dropping = gateMask && stateMask ? [gateMask, tf.squeeze(stateMask, [0])] : [];
  const first = drop ? kernelByGate(gates) : gates;
  return { cell: step, weights: [first, candidates, ...dropping] };
}

function mix(update: Tensor, previous: Tensor, candidate: Tensor): Tensor {
  return tf.add(tf.mul(update, previous), tf.mul(tf.sub(1, update), candidate));
}
