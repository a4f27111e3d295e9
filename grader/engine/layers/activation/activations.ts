import { tf, type Tensor } from '../../tensorflow/tf.ts';
import { replaceClass } from '../class-map.ts';

/**
 * Keras's activations that TF.js lacks or computes otherwise, under TF.js's spelling of their names:
 * its `hardSigmoid` is Keras 2's, which has the name `keras2HardSigmoid` here.
 */
export function registerActivations(): void {
  for (const [name, compute] of Object.entries(activations)) {
    replaceClass(
      name,
      class extends tf.serialization.Serializable {
        apply(input: Tensor): Tensor {
          return tf.tidy(() => compute(input));
        }

        override getConfig() {
          return {};
        }
      },
    );
  }
}

/** From the thresholds of `soft_shrink` and `hard_shrink` on, values pass. */
const shrinkThreshold = 0.5;

const activations: Readonly<Record<string, (x: Tensor) => Tensor>> = {
  hardSigmoid,
  keras2HardSigmoid: (x) => tf.clipByValue(tf.add(tf.mul(x, 0.2), 0.5), 0, 1),
  exponential: (x) => tf.exp(x),
  leakyRelu: (x) => tf.leakyRelu(x, 0.2),
  hardSilu: (x) => tf.mul(x, hardSigmoid(x)),
  hardTanh: (x) => tf.clipByValue(x, -1, 1),
  logSigmoid: (x) => tf.neg(tf.softplus(tf.neg(x))),
  celu: (x) => tf.elu(x),
  squareplus: (x) => tf.div(tf.add(x, tf.sqrt(tf.add(tf.square(x), 4))), 2),
  tanhShrink: (x) => tf.sub(x, tf.tanh(x)),
  softShrink: (x) =>
    tf.sub(tf.relu(tf.sub(x, shrinkThreshold)), tf.relu(tf.sub(tf.neg(x), shrinkThreshold))),
  hardShrink: (x) => tf.mul(x, tf.cast(tf.greater(tf.abs(x), shrinkThreshold), 'float32')),
  sparsePlus: (x) => {
    const middle = tf.add(tf.clipByValue(x, -1, 1), 1);
    return tf.add(tf.div(tf.square(middle), 4), tf.relu(tf.sub(x, 1)));
  },
  sparseSigmoid: (x) => tf.clipByValue(tf.div(tf.add(x, 1), 2), 0, 1),
};

function hardSigmoid(x: Tensor): Tensor {
  return tf.div(tf.relu6(tf.add(x, 3)), 6);
}
