import type { KerasObject } from '../../../contract.ts';
import type { StoredLayerOptions } from '../../../recipe/layers.ts';
import { hasNativeOps } from '../../tensorflow/native-ops.ts';
import { tf, type Tensor } from '../../tensorflow/tf.ts';
import { activate } from '../activation/activations.ts';
import { layer } from '../definition.ts';
import { initialValue } from '../initializers/initial-value.ts';
import { blockLstm, blockLstmStates } from './block-lstm.ts';
import { dropoutMasks, kernelByGate, recurrentProduct } from './gate-products.ts';
import { gateCost, gateSpecs, ofRecurrence, recur, type RecurrentKind } from './recurrent.ts';
import type { Run } from './run.ts';
import { outputsOf, readMask } from './states.ts';
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
      return lstmStates(options, total, carried);
    },
  }),
};

/** Output and carry after a step, from the sums of the four gates along the last axis. */
export function lstmStates(
  { activation, recurrentActivation }: Pick<Options, 'activation' | 'recurrentActivation'>,
  sums: Tensor,
  carried: Tensor,
): [Tensor, Tensor] {
  const [i, f, c, o] = tf.split(sums, 4, sums.rank - 1) as [Tensor, Tensor, Tensor, Tensor];
  const gate = (values: Tensor) => activate(recurrentActivation, values);
  const added = tf.mul(gate(i), activate(activation, c));
  const carry = tf.add(tf.mul(gate(f), carried), added);
  return [tf.mul(gate(o), activate(activation, carry)), carry];
}

/** Runs a whole sequence in one TensorFlow op where Keras's default settings allow it. */
export const lstm = layer('LSTM', {
  ...ofRecurrence(2),
  heldPerUnit: 7,
  weights: (options, inputs) =>
    gateSpecs(options, inputs, {
      gates: 4,
      ...(options.unitForgetBias
        ? { biasInitializer: openForgetGate(options, options.units) }
        : {}),
    }),
  cost: (options, inputs) => gateCost(options, inputs, kind.gates),
  call(options, weights, given) {
    const run = { options, weights, given };
    return canFuse(run) ? fusedLstm(run) : recur(kind, run);
  },
});

/** The forget gate's bias starts at one. */
export function openForgetGate(
  { biasInitializer }: { readonly biasInitializer: KerasObject },
  units: number,
) {
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

function canFuse({ options, given }: Run<Options>): boolean {
  const { dropout, recurrentDropout, implementation } = options;
  const dropsInside = recurrentDropout > 0 || (dropout > 0 && implementation === 1);
  const isDefaultCell =
    options.useBias && options.activation === 'tanh' && options.recurrentActivation === 'sigmoid';
  const isWhole = readMask(options, given) === null;
  return hasNativeOps() && isWhole && !(given.training && dropsInside) && isDefaultCell;
}

function fusedLstm(run: Run<Options>): Tensor | readonly Tensor[] {
  const { options, weights, given } = run;
  const drop = dropoutMasks(run, kind.gates).input;
  const steps = timeMajor(options, given.input);
  const kernels = tf.concat([weights.kernel, weights.recurrentKernel], 0);
  const bias = weights.bias ?? tf.zeros([4 * options.units]);
  const x = drop ? tf.mul(steps, drop) : steps;
  const [, ...start] = given.inputs;
  if (!options.returnState && start.length === 0) {
    return outputsOf(options, blockLstm(x, kernels, bias), []);
  }
  const states = blockLstmStates({ x, weights: kernels, bias, start });
  return outputsOf(options, states[0], states);
}
