import type { StoredActivation } from '../../../recipe/activations.ts';
import { tf, type Tensor } from '../../tensorflow/tf.ts';

/** From the thresholds of `soft_shrink` and `hard_shrink` on, values pass. */
const shrinkThreshold = 0.5;

/** Keras's activations, by the names that documents have for them. */
const activations: Readonly<Record<StoredActivation, (x: Tensor) => Tensor>> = {
  linear: (x) => x,
  relu: (x) => tf.relu(x),
  sigmoid: (x) => tf.sigmoid(x),
  softmax: (x) => tf.softmax(x, -1),
  tanh: (x) => tf.tanh(x),
  elu: (x) => tf.elu(x),
  selu: (x) => tf.selu(x),
  relu6: (x) => tf.minimum(6, tf.relu(x)),
  softplus: (x) => tf.softplus(x),
  softsign: (x) => tf.div(x, tf.add(tf.abs(x), 1)),
  swish: (x) => tf.mul(tf.sigmoid(tf.mul(x, 1)), x),
  gelu: (x) => tf.mul(x, tf.mul(0.5, tf.add(1, tf.erf(tf.div(x, Math.sqrt(2)))))),
  mish: (x) => tf.mul(x, tf.tanh(tf.softplus(x))),
  hard_sigmoid: hardSigmoid,
  log_softmax: (x) => tf.logSoftmax(x, -1),
  exponential: (x) => tf.exp(x),
  leaky_relu: (x) => tf.leakyRelu(x, 0.2),
  hard_silu: (x) => tf.mul(x, hardSigmoid(x)),
  hard_tanh: (x) => tf.clipByValue(x, -1, 1),
  log_sigmoid: (x) => tf.neg(tf.softplus(tf.neg(x))),
  celu: (x) => tf.elu(x),
  squareplus: (x) => tf.div(tf.add(x, tf.sqrt(tf.add(tf.square(x), 4))), 2),
  tanh_shrink: (x) => tf.sub(x, tf.tanh(x)),
  soft_shrink: (x) =>
    tf.sub(tf.relu(tf.sub(x, shrinkThreshold)), tf.relu(tf.sub(tf.neg(x), shrinkThreshold))),
  hard_shrink: (x) => tf.mul(x, tf.cast(tf.greater(tf.abs(x), shrinkThreshold), 'float32')),
  sparse_plus: (x) => {
    const middle = tf.add(tf.clipByValue(x, -1, 1), 1);
    return tf.add(tf.div(tf.square(middle), 4), tf.relu(tf.sub(x, 1)));
  },
  sparse_sigmoid: (x) => tf.clipByValue(tf.div(tf.add(x, 1), 2), 0, 1),
  keras2_hard_sigmoid: (x) => tf.clipByValue(tf.add(tf.mul(x, 0.2), 0.5), 0, 1),
};

export function activate(name: StoredActivation, x: Tensor): Tensor {
  return tf.tidy(() => activations[name](x));
}

/** The activation where TensorFlow runs it together with a product, else null. */
export function fusedActivation(name: StoredActivation): 'linear' | 'relu' | 'elu' | null {
  return name === 'linear' || name === 'relu' || name === 'elu' ? name : null;
}

function hardSigmoid(x: Tensor): Tensor {
  return tf.div(tf.relu6(tf.add(x, 3)), 6);
}
