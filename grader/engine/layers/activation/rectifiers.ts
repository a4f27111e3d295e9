import { layer, passesMask } from '../definition.ts';
import { tf, type Tensor } from '../../tensorflow/tf.ts';

export const relu = layer('ReLU', {
  call({ negativeSlope, threshold, maxValue }, _weights, { input }) {
    const above = bounded(beyond(input, threshold), maxValue);
    if (negativeSlope === 0 && threshold === 0) return above;
    return tf.sub(above, tf.mul(tf.relu(tf.sub(threshold, input)), negativeSlope));
  },
  mask: passesMask,
});

export const leakyRelu = layer('LeakyReLU', {
  call: ({ alpha }, _weights, { input }) => tf.leakyRelu(input, alpha),
  mask: passesMask,
});

export const prelu = layer('PReLU', {
  weights({ sharedAxes, ...options }, [input]) {
    const sizes = input.slice(1).map((size, index) => {
      if (sharedAxes?.includes(index + 1)) return 1;
      if (size !== null) return size;
      throw new Error(`PReLU needs to know the size of axis ${index + 1} of its input`);
    });
    return {
      alpha: {
        shape: sizes,
        initializer: options.alphaInitializer,
        regularizer: options.alphaRegularizer,
        constraint: options.alphaConstraint,
      },
    };
  },
  call: (_options, { alpha }, { input }) => tf.prelu(input, alpha),
  mask: passesMask,
});

export const elu = layer('ELU', {
  call({ alpha }, _weights, { input }) {
    if (alpha === 1) return tf.elu(input);
    const above = tf.relu(input);
    return tf.add(above, tf.mul(tf.sub(tf.elu(input), above), alpha));
  },
  mask: passesMask,
});

export const thresholdedRelu = layer('ThresholdedReLU', {
  call: ({ theta }, _weights, { input }) =>
    tf.mul(input, tf.cast(tf.greater(input, theta), 'float32')),
  mask: passesMask,
});

/** The input where it exceeds the threshold, and zero elsewhere. */
function beyond(input: Tensor, threshold: number): Tensor {
  if (threshold === 0) return tf.relu(input);
  return tf.mul(input, tf.cast(tf.greater(input, threshold), 'float32'));
}

function bounded(values: Tensor, maxValue: number | null): Tensor {
  return maxValue === null ? values : tf.clipByValue(values, 0, maxValue);
}
