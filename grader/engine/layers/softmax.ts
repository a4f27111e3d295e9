import { tf, type Tensor } from '../tf.ts';
import {
  classNamed,
  firstTensor,
  replaceClass,
  type BaseLayer,
  type CallOptions,
} from './class-map.ts';

interface SoftmaxLayer extends BaseLayer {
  readonly axis: number | number[];
}

/** Softmax along any axis; TF.js knows the last one only. */
export function registerSoftmax(): void {
  const Base = classNamed<SoftmaxLayer>('Softmax');
  replaceClass(
    'Softmax',
    class Softmax extends Base {
      override call(inputs: Tensor | Tensor[], options: CallOptions): Tensor | Tensor[] {
        const input = firstTensor(inputs);
        const { rank } = input;
        const axis = Array.isArray(this.axis) ? null : (this.axis + rank) % rank;
        if (axis === null || axis === rank - 1) return super.call(inputs, options);
        const order = Array.from({ length: rank }, (_, index) => index);
        [order[axis], order[rank - 1]] = [rank - 1, axis];
        return tf.tidy(() => tf.transpose(tf.softmax(tf.transpose(input, order)), order));
      }
    },
  );
}
