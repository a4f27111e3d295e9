// node gradients.js ADDON -: gradients of activations beside numeric ones, as JSON lines.
import { loadTensorFlow } from '../../../../dist/grader/engine/tensorflow/native.js';
import { registerGradients } from '../../../../dist/grader/engine/tensorflow/gradients.js';
import { tf } from '../../../../dist/grader/engine/tensorflow/tf.js';

loadTensorFlow({ addon: process.argv[2] });
registerGradients();

const activations = {
  relu: tf.relu,
  relu6: tf.relu6,
  leakyRelu: (x) => tf.leakyRelu(x, 0.3),
  elu: tf.elu,
  selu: tf.selu,
  softplus: tf.softplus,
  sigmoid: tf.sigmoid,
  tanh: tf.tanh,
};
// No point within a difference of a kink, which are at 0 and 6.
const points = tf.tensor1d([-7.3, -2.1, -0.4, -0.06, 0.05, 0.7, 2.6, 5.9, 6.2, 9.1]);
const factors = tf.range(1, 11);
const step = 0.02;

for (const [name, activation] of Object.entries(activations)) {
  const { value, grad } = tf.valueAndGrad((x) => tf.sum(tf.mul(activation(x), factors)))(points);
  const ends = [activation(tf.add(points, step)), activation(tf.sub(points, step))];
  const numeric = tf.mul(tf.div(tf.sub(...ends), 2 * step), factors);
  const largest = tf.max(tf.abs(tf.sub(grad, numeric))).dataSync()[0];
  const atZero = tf
    .grad((x) => tf.sum(activation(x)))(tf.zeros([1]))
    .dataSync()[0];
  console.log(
    JSON.stringify({ name, largest, atZero, isFinite: Number.isFinite(value.dataSync()[0]) }),
  );
}
