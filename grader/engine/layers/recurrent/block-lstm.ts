import { withGradient } from '../../tensorflow/custom-gradient.ts';
import { dataTypes, int64Scalar, nativeOp } from '../../tensorflow/native-ops.ts';
import { tf, type Tensor } from '../../tensorflow/tf.ts';

const floatType = { T: { type: dataTypes.float32 } };
const forward = { ...floatType, cell_clip: { float: 0 }, use_peephole: { bool: false } };
const backward = { ...floatType, use_peephole: { bool: false } };

interface FromStates {
  readonly x: Tensor;
  readonly weights: Tensor;
  readonly bias: Tensor;
  /** Output and carry before the first step, each [batch, units]; none where they are zero. */
  readonly start: readonly Tensor[];
}

/** The same from given states: output and carry after every step, each [time, batch, units]. */
export function blockLstmStates({ x, weights, bias, start }: FromStates): [Tensor, Tensor] {
  const [time, batch] = x.shape as [number, number];
  const units = bias.size / 4;
  const length = int64Scalar(time);
  const zeros = tf.zeros([batch, units]);
  const [output = zeros, carry = zeros] = start;
  const given = [x, weights, bias, output, carry] as const;
  const both = withGradient(given, ([input, kernel, offset, h, c], save) => {
    const noPeephole = tf.zeros([units]);
    const inputs = [input, c, h, kernel, noPeephole, noPeephole, noPeephole, offset];
    const all = [length, ...inputs];
    const outputs = nativeOp('BlockLSTMV2', all, { attributes: forward, outputs: 7 });
    save([...inputs, ...outputs]);
    const gradFunc = (dy: Tensor, saved: Tensor[]) => {
      const [dh, dc] = tf.split(dy, 2, 2) as [Tensor, Tensor];
      const all = [length, ...saved, dc, dh];
      const gradients = nativeOp('BlockLSTMGradV2', all, { attributes: backward, outputs: 8 });
      const [dx, dCarry, dOutput, dKernel] = gradients as [Tensor, Tensor, Tensor, Tensor];
      return [dx, dKernel, gradients[7] as Tensor, dOutput, dCarry];
    };
    // One value, since TF.js has gradients of single values only.
    return { value: tf.concat([outputs[6] as Tensor, outputs[1] as Tensor], 2), gradFunc };
  });
  return tf.split(both, 2, 2) as [Tensor, Tensor];
}

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
