import { GraderError } from '../../../errors.ts';
import { tf, type Tensor } from '../../tensorflow/tf.ts';
import {
  classNamed,
  firstShape,
  firstTensor,
  maskOf,
  positiveAxes,
  replaceClass,
  type BaseLayer,
  type CallOptions,
  type LayerShape,
} from '../class-map.ts';

interface SoftmaxLayer extends BaseLayer {
  readonly axis: number | number[];
}

/**
 * Softmax along any axis, or over several together; TF.js knows the last one only. As in Keras, what
 * a mask hides gets zero, and a mask whose axes are not the last ones is refused (fault `candidate`).
 */
export function registerSoftmax(): void {
  const Base = classNamed<SoftmaxLayer>('Softmax');
  replaceClass(
    'Softmax',
    class Softmax extends Base {
      override supportsMasking = true;

      override build(shape: LayerShape): void {
        positiveAxes(this.axis, firstShape(shape).length);
        super.build(shape);
      }

      override call(inputs: Tensor | Tensor[], options: CallOptions): Tensor | Tensor[] {
        const input = firstTensor(inputs);
        const mask = maskOf(options);
        return tf.tidy(() => {
          if (!mask) return softmax(input, this.axis);
          checkMask(input, mask);
          const shown = tf.cast(mask, 'bool');
          const hidden = tf.where(shown, input, tf.fill(input.shape, -1e9));
          return tf.mul(softmax(hidden, this.axis), tf.cast(shown, 'float32'));
        });
      }
    },
  );
}

function softmax(input: Tensor, axes: number | number[]): Tensor {
  const { rank } = input;
  const [axis = rank - 1, ...others] = positiveAxes(axes, rank);
  if (others.length > 0) {
    return tf.exp(tf.sub(input, tf.logSumExp(input, [axis, ...others], true)));
  }
  if (axis === rank - 1) return tf.softmax(input);
  const order = Array.from({ length: rank }, (_, index) => index);
  [order[axis], order[rank - 1]] = [rank - 1, axis];
  return tf.transpose(tf.softmax(tf.transpose(input, order)), order);
}

function checkMask(input: Tensor, mask: Tensor): void {
  const last = input.shape.slice(input.rank - mask.rank);
  if (mask.shape.every((size, axis) => size === last[axis])) return;
  throw new GraderError({
    fault: 'candidate',
    code: 'masked-softmax',
    message: `Softmax on [${input.shape.join(', ')}] cannot take a mask of [${mask.shape.join(', ')}].`,
    help: 'Leave mask_zero out, or end the mask with a layer that reads it, such as LSTM.',
  });
}
