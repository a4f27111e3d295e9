import { dataTypes, hasNativeOps, int64Scalar, nativeOp } from '../native-ops.ts';
import { tf, type Tensor } from '../tf.ts';
import {
  classNamed,
  firstTensor,
  replaceClass,
  type Activation,
  type BaseLayer,
  type CallOptions,
  type LayerVariable,
} from './class-map.ts';

interface LstmCell {
  readonly units: number;
  readonly kernel: LayerVariable;
  readonly recurrentKernel: LayerVariable;
  readonly bias: LayerVariable;
  readonly useBias: boolean;
  readonly dropout: number;
  readonly recurrentDropout: number;
  readonly activation: Activation;
  readonly recurrentActivation: Activation;
}

interface LstmLayer extends BaseLayer {
  readonly cell: LstmCell;
  readonly returnSequences: boolean;
  readonly returnState: boolean;
  readonly stateful: boolean;
  readonly goBackwards: boolean;
}

/**
 * LSTM that runs a whole sequence in TensorFlow's BlockLSTMV2 op where Keras's default settings
 * allow it, and step by step as TF.js does it otherwise. The op's gate order is Keras's: i, f, c, o.
 */
export function registerLstm(): void {
  const Base = classNamed<LstmLayer>('LSTM');
  replaceClass(
    'LSTM',
    class LSTM extends Base {
      override call(inputs: Tensor | Tensor[], options: CallOptions): Tensor | Tensor[] {
        if (!canFuse(this, inputs, options)) return super.call(inputs, options);
        return tf.tidy(() => fusedLstm(this, firstTensor(inputs)));
      }
    },
  );
}

function canFuse(layer: LstmLayer, inputs: Tensor | Tensor[], options: CallOptions): boolean {
  const { cell } = layer;
  const isPlain = !layer.stateful && !layer.returnState && !options['initialState'];
  const isUnmasked = !options['mask'] && (!Array.isArray(inputs) || inputs.length === 1);
  const isDefaultCell =
    cell.useBias &&
    cell.dropout === 0 &&
    cell.recurrentDropout === 0 &&
    cell.activation.getClassName() === 'tanh' &&
    cell.recurrentActivation.getClassName() === 'sigmoid';
  return hasNativeOps() && isPlain && isUnmasked && isDefaultCell;
}

function fusedLstm(layer: LstmLayer, input: Tensor): Tensor {
  const { cell } = layer;
  const timeMajor = tf.transpose(input, [1, 0, 2]);
  const steps = layer.goBackwards ? tf.reverse(timeMajor, 0) : timeMajor;
  const weights = tf.concat([cell.kernel.read(), cell.recurrentKernel.read()], 0);
  const hidden = blockLstm(steps, weights, cell.bias.read());
  if (layer.returnSequences) return tf.transpose(hidden, [1, 0, 2]);
  const [length] = hidden.shape as [number];
  return tf.squeeze(tf.slice(hidden, [length - 1, 0, 0], [1, -1, -1]), [0]);
}

const floatType = { T: { type: dataTypes.float32 } };
const forward = { ...floatType, cell_clip: { float: 0 }, use_peephole: { bool: false } };
const backward = { ...floatType, use_peephole: { bool: false } };

/** x [time, batch, features], weights [features + units, 4 units], bias [4 units] → [time, batch, units]. */
function blockLstm(x: Tensor, weights: Tensor, bias: Tensor): Tensor {
  const [time, batch] = x.shape as [number, number];
  const units = bias.size / 4;
  const length = int64Scalar(time);
  const zeroState = tf.zeros([batch, units]);
  const noPeephole = tf.zeros([units]);
  const start = [zeroState, zeroState];
  const peepholes = [noPeephole, noPeephole, noPeephole];
  const operation = tf.customGrad((...given) => {
    const [input, kernel, offset, save] = given as unknown as [
      Tensor,
      Tensor,
      Tensor,
      (tensors: Tensor[]) => void,
    ];
    const inputs = [length, input, ...start, kernel, ...peepholes, offset];
    const outputs = nativeOp('BlockLSTMV2', inputs, { attributes: forward, outputs: 7 });
    const [, , , , , , hidden] = outputs as [
      Tensor,
      Tensor,
      Tensor,
      Tensor,
      Tensor,
      Tensor,
      Tensor,
    ];
    save([input, kernel, offset, ...start, noPeephole, ...outputs]);
    const gradFunc = (dy: Tensor, saved: Tensor[]) => {
      const [savedInput, savedKernel, savedOffset, state, , peephole, ...states] = saved;
      const gradients = nativeOp(
        'BlockLSTMGradV2',
        [
          ...[length, savedInput, state, state, savedKernel, peephole, peephole, peephole],
          ...[savedOffset, ...states, tf.zerosLike(dy), dy],
        ],
        { attributes: backward, outputs: 8 },
      );
      return [gradients[0], gradients[3], gradients[7]] as Tensor[];
    };
    return { value: hidden, gradFunc };
  });
  return operation(x, weights, bias);
}
