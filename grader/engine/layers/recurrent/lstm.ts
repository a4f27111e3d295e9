import { hasNativeOps } from '../../tensorflow/native-ops.ts';
import { tf, type Tensor } from '../../tensorflow/tf.ts';
import { blockLstm } from './block-lstm.ts';
import {
  firstTensor,
  maskOf,
  replaceClass,
  type Activation,
  type CallOptions,
} from '../class-map.ts';
import { dropoutMasks, kernelByGate, recurrentProduct } from './gate-products.ts';
import {
  recurrentClass,
  type RecurrentCell,
  type RecurrentKind,
  type RecurrentLayer,
} from './recurrent.ts';
import { lastStep, swapBatchAndTime, timeMajor } from './time-axis.ts';

interface LstmCell extends RecurrentCell {
  readonly recurrentActivation: Activation;
}

const lstm: RecurrentKind = {
  gates: 4,
  states: 2,
  inputBias: (cell) => cell.bias?.read() ?? null,
  step: (cell: LstmCell, drop) => {
    const kernel = cell.recurrentKernel.read();
    return {
      weights: drop ? [kernelByGate(kernel), drop] : [kernel],
      cell: (inputs, states, weights) => {
        const [input] = inputs as [Tensor];
        const [previous, carried] = states as [Tensor, Tensor];
        const [recurrent, mask] = weights as [Tensor, Tensor?];
        const total = tf.add(input, recurrentProduct(previous, recurrent, mask));
        const [i, f, c, o] = tf.split(total, 4, 1) as [Tensor, Tensor, Tensor, Tensor];
        const gate = (values: Tensor) => cell.recurrentActivation.apply(values);
        const added = tf.mul(gate(i), cell.activation.apply(c));
        const carry = tf.add(tf.mul(gate(f), carried), added);
        return [tf.mul(gate(o), cell.activation.apply(carry)), carry];
      },
    };
  },
};

/**
 * LSTM as in Keras 3; it runs a whole sequence in one TensorFlow op where Keras's default settings
 * allow it.
 */
export function registerLstm(): void {
  const Base = recurrentClass('LSTM', lstm);
  replaceClass(
    'LSTM',
    class LSTM extends Base {
      override call(inputs: Tensor | Tensor[], options: CallOptions): Tensor | Tensor[] {
        if (!canFuse(this, options)) return super.call(inputs, options);
        return tf.tidy(() => fusedLstm(this, firstTensor(inputs), options));
      }
    },
  );
}

function canFuse(layer: RecurrentLayer, options: CallOptions): boolean {
  const cell = layer.cell as LstmCell;
  const isPlain = !layer.stateful && !layer.returnState && !options['initialState'];
  const dropsInside = cell.recurrentDropout > 0 || (cell.dropout > 0 && cell.implementation === 1);
  const drops = options['training'] === true && dropsInside;
  const isDefaultCell =
    cell.useBias &&
    cell.activation.getClassName() === 'tanh' &&
    cell.recurrentActivation.getClassName() === 'sigmoid';
  return hasNativeOps() && isPlain && !maskOf(options) && !drops && isDefaultCell;
}

function fusedLstm(layer: RecurrentLayer, input: Tensor, options: CallOptions): Tensor {
  const { cell } = layer;
  const drop = dropoutMasks(layer, { input, options }, lstm.gates).input;
  const steps = timeMajor(layer, input);
  const weights = tf.concat([cell.kernel.read(), cell.recurrentKernel.read()], 0);
  const bias = cell.bias?.read() ?? tf.zeros([4 * cell.units]);
  const hidden = blockLstm(drop ? tf.mul(steps, drop) : steps, weights, bias);
  return layer.returnSequences ? swapBatchAndTime(hidden) : lastStep(hidden);
}
