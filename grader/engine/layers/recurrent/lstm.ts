import type { KerasObject } from '../../../contract.ts';
import type { StoredLayerOptions } from '../../../recipe/layers.ts';
import { hasNativeOps } from '../../tensorflow/native-ops.ts';
import { tf, type Tensor } from '../../tensorflow/tf.ts';
import { activate } from '../activation/activations.ts';
import { layer } from '../definition.ts';
import { initialValue } from '../initializers/initial-value.ts';
import { blockLstm } from './block-lstm.ts';
import { dropoutMasks, kernelByGate, recurrentProduct } from './gate-products.ts';
import {
  gateCost,
  gateSpecs,
  ofRecurrence,
  outputOf,
  recur,
  type RecurrentKind,
} from './recurrent.ts';
import type { Run } from './run.ts';
import { timeMajor } from './time-axis.ts';

type Options = StoredLayerOptions<'LSTM'>;

const kind: RecurrentKind<Options> = {
  gates: 4,
  states: 2,
  inputBias: ({ weights }) => weights.bias,
  step: ({ options, weights: { recurrentKernel } }, drop) => ({
    weights: drop ? [kernelByGate(recurrentKernel), drop] : [recurrentKernel],
    cell: (inputs, states, weights) => {
      const [input] = inputs as [Tensor];
      const [previous, carried] = states as [Tensor, Tensor];
      const [recurrent, mask] = weights as [Tensor, Tensor?];
      const total = tf.add(input, recurrentProduct(previous, recurrent, mask));
      const [i, f, c, o] = tf.split(total, 4, 1) as [Tensor, Tensor, Tensor, Tensor];
      const gate = (values: Tensor) => activate(options.recurrentActivation, values);
      const added = tf.mul(gate(i), activate(options.activation, c));
      const carry = tf.add(tf.mul(gate(f), carried), added);
      return [tf.mul(gate(o), activate(options.activation, carry)), carry];
    },
  }),
};

/** Runs a whole sequence in one TensorFlow op where Keras's default settings allow it. */
export const lstm = layer('LSTM', {
  ...ofRecurrence,
  heldPerUnit: 7,
  weights: (options, inputs) =>
    gateSpecs(options, inputs, {
      gates: 4,
      ...(options.unitForgetBias ? { biasInitializer: openForgetGate(options) } : {}),
    }),
  cost: (options, inputs) => gateCost(options, inputs, kind.gates),
  call(options, weights, given) {
    const run = { options, weights, given };
    return canFuse(run) ? fusedLstm(run) : recur(kind, run);
  },
});

/** The forget gate's bias starts at one. */
function openForgetGate({
  biasInitializer,
  units,
}: {
  biasInitializer: KerasObject;
  units: number;
}) {
  return () =>
    tf.tidy(() => {
      const first = initialValue(biasInitializer, [units]);
      const forget = tf.ones([units]);
      return tf.concat(
        [tf.concat([first, forget], 0), initialValue(biasInitializer, [2 * units])],
        0,
      );
    });
}

function canFuse({ options, given: { mask, training } }: Run<Options>): boolean {
  const { dropout, recurrentDropout, implementation } = options;
  const dropsInside = recurrentDropout > 0 || (dropout > 0 && implementation === 1);
  const isDefaultCell =
    options.useBias && options.activation === 'tanh' && options.recurrentActivation === 'sigmoid';
  return hasNativeOps() && !mask && !(training && dropsInside) && isDefaultCell;
}

function fusedLstm(run: Run<Options>): Tensor {
  const { options, weights, given } = run;
  const drop = dropoutMasks(run, kind.gates).input;
  const steps = timeMajor(options, given.input);
  const kernels = tf.concat([weights.kernel, weights.recurrentKernel], 0);
  const bias = weights.bias ?? tf.zeros([4 * options.units]);
  return outputOf(options, blockLstm(drop ? tf.mul(steps, drop) : steps, kernels, bias));
}
