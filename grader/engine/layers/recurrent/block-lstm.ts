import { withGradient } from '../../tensorflow/custom-gradient.ts';
import { dataTypes, int64Scalar, nativeOp } from '../../tensorflow/native-ops.ts';
import { tf, type Tensor } from '../../tensorflow/tf.ts';

const floatType = { T: { type: dataTypes.float32 } };
const forward = { ...floatType, cell_clip: { float: 0 }, use_peephole: { bool: false } };
const backward = { ...floatType, use_peephole: { bool: false } };

/**
 * A whole LSTM in TensorFlow's BlockLSTMV2 op, whose gate order is Keras's: i, f, c, o.
 * x [time, batch, features], weights [features + units, 4 units], bias [4 units] →
 * [time, batch, units].
 */
export function blockLstm(x: Tensor, weights: Tensor, bias: Tensor): Tensor {
  const [time, batch] = x.shape as [number, number];
  const units = bias.size / 4;
  const length = int64Scalar(time);
  const zeroState = tf.zeros([batch, units]);
  const noPeephole = tf.zeros([units]);
  const start = [zeroState, zeroState];
  const peepholes = [noPeephole, noPeephole, noPeephole];
  return withGradient([x, weights, bias], ([input, kernel, offset], save) => {
    const inputs = [length, input, ...start, kernel, ...peepholes, offset];
    const outputs = nativeOp('BlockLSTMV2', inputs, { attributes: forward, outputs: 7 });
    const hidden = outputs[6] as Tensor;
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
}
