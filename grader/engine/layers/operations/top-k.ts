import { withGradient } from '../../tensorflow/custom-gradient.ts';
import { tf, type Tensor } from '../../tensorflow/tf.ts';
import { layer } from '../definition.ts';
import { channelsOf } from '../shapes.ts';

export const topK = layer('TopK', {
  leastRank: 2,
  shape({ k }, [input]) {
    const size = channelsOf(input);
    if (k === null || k <= size) return input.with(-1, k ?? size);
    throw new Error(`an axis of ${size} has no ${k} greatest values`);
  },
  call({ k, gives }, _weights, { input }) {
    const count = k ?? input.shape.at(-1) ?? 1;
    return gives === 'values' ? greatest(input, count) : places(input, count);
  },
});

/** As floats, like all values; nothing depends on them when gradients are taken. */
function places(x: Tensor, k: number): Tensor {
  return withGradient([x], ([given]) => ({
    value: tf.cast(tf.topk(given, k).indices, 'float32'),
    gradFunc: () => tf.zeros(given.shape),
  }));
}

/** A gradient goes to the places of the values. */
function greatest(x: Tensor, k: number): Tensor {
  return withGradient([x], ([given], save) => {
    const { values, indices } = tf.topk(given, k);
    save([indices]);
    const gradFunc = (dy: Tensor, [chosen]: Tensor[]) => {
      const size = given.shape.at(-1) ?? 1;
      const isChosen = tf.oneHot(chosen as Tensor, size, 1, 0, 'float32');
      return tf.sum(tf.mul(isChosen, tf.expandDims(dy, -1)), -2);
    };
    return { value: values, gradFunc };
  });
}
