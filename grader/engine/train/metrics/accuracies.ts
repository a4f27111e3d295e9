import { tf, type Tensor } from '../../tensorflow/tf.ts';
import type { Compare } from './definition.ts';
import { meanOf } from './means.ts';

/** How many of the largest count: Keras's default. */
const k = 5;

const largestCompared: Compare = (y, p) => tf.equal(tf.argMax(p, -1), tf.argMax(y, -1));

export const binaryAccuracy = meanOf((y, p) => tf.equal(tf.cast(tf.greater(p, 0.5), 'float32'), y));
export const categoricalAccuracy = meanOf(largestCompared);
export const sparseCategoricalAccuracy = meanOf(classNumbersCompared);
export const topKCategoricalAccuracy = meanOf((y, p) => amongLargest(tf.argMax(y, -1), p));
export const sparseTopKCategoricalAccuracy = meanOf(amongLargest);
/** Class numbers as they are, one-hot targets by their largest, one output by 0.5 (0 for logits). */
export const accuracy = meanOf((targets, predictions, output) => {
  if (output.classNumbers) return classNumbersCompared(targets, predictions);
  if (predictions.shape.at(-1) !== 1) return largestCompared(targets, predictions, output);
  const threshold = output.fromLogits ? 0 : 0.5;
  return tf.equal(tf.greater(predictions, threshold), tf.greater(targets, 0.5));
});

function classNumbersCompared(labels: Tensor, predictions: Tensor): Tensor {
  const found = tf.argMax(predictions, -1);
  return tf.equal(found, labelsLike(labels, found));
}

/** Whether fewer than `k` classes have more than the class of a label, as TensorFlow's InTopK has it. */
function amongLargest(labels: Tensor, predictions: Tensor): Tensor {
  const classes = predictions.shape.at(-1) ?? 1;
  const places = labelsLike(labels, tf.argMax(predictions, -1));
  const own = tf.mul(tf.cast(tf.oneHot(places, classes), 'float32'), predictions);
  const isLarger = tf.greater(predictions, tf.sum(own, -1, true));
  return tf.less(tf.sum(tf.cast(isLarger, 'float32'), -1), k);
}

/** Labels [batch] or [batch, 1] in the shape of the classes that were found. */
function labelsLike(labels: Tensor, found: Tensor): Tensor {
  return tf.reshape(tf.cast(labels, 'int32'), found.shape);
}
