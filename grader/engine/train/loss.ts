import type { KerasObject } from '../../contract.ts';
import { tf, type Tensor } from '../tensorflow/tf.ts';

/** Loss of each example: targets and predictions of shape [batch, ..., outputs] to [batch, ...]. */
export type LossFunction = (targets: Tensor, predictions: Tensor) => Tensor;

/** Keras's fuzz factor, `keras.config.epsilon()`. */
const epsilon = 1e-7;

/**
 * The loss as Keras 3 computes it (keras/src/losses/losses.py). Sparse losses take integer labels
 * of shape [batch] or [batch, 1]; the others take targets in the shape of the predictions.
 */
export function lossFunction(loss: KerasObject): LossFunction {
  const { config } = loss;
  const fromLogits = config['from_logits'] === true;
  const smoothing = Number(config['label_smoothing'] ?? 0);
  switch (loss.class_name) {
    case 'MeanSquaredError':
      return (targets, predictions) => tf.mean(tf.square(tf.sub(predictions, targets)), -1);
    case 'MeanAbsoluteError':
      return (targets, predictions) => tf.mean(tf.abs(tf.sub(predictions, targets)), -1);
    case 'Huber':
      return huber(Number(config['delta'] ?? 1));
    case 'LogCosh':
      return logCosh;
    case 'BinaryCrossentropy':
      return (targets, predictions) => {
        const smooth = smoothing ? tf.add(tf.mul(targets, 1 - smoothing), smoothing / 2) : targets;
        return tf.mean(binaryCrossentropy(smooth, predictions, fromLogits), -1);
      };
    case 'CategoricalCrossentropy':
      return (targets, predictions) => {
        const classes = predictions.shape.at(-1) ?? 1;
        const smooth = smoothing
          ? tf.add(tf.mul(targets, 1 - smoothing), smoothing / classes)
          : targets;
        return categoricalCrossentropy(smooth, predictions, fromLogits);
      };
    case 'SparseCategoricalCrossentropy':
      return (targets, predictions) =>
        categoricalCrossentropy(oneHot(targets, predictions), predictions, fromLogits);
    default:
      throw new Error(`unknown loss ${loss.class_name}`);
  }
}

/** True for losses whose targets are class numbers rather than vectors. */
export function takesClassNumbers(loss: KerasObject): boolean {
  return loss.class_name === 'SparseCategoricalCrossentropy';
}

function huber(delta: number): LossFunction {
  return (targets, predictions) => {
    const error = tf.abs(tf.sub(predictions, targets));
    const quadratic = tf.minimum(error, delta);
    const linear = tf.sub(error, quadratic);
    return tf.mean(tf.add(tf.mul(0.5, tf.square(quadratic)), tf.mul(delta, linear)), -1);
  };
}

function logCosh(targets: Tensor, predictions: Tensor): Tensor {
  const error = tf.sub(predictions, targets);
  return tf.mean(tf.sub(tf.add(error, tf.softplus(tf.mul(error, -2))), Math.log(2)), -1);
}

function binaryCrossentropy(targets: Tensor, predictions: Tensor, fromLogits: boolean): Tensor {
  if (fromLogits) {
    const tail = tf.log1p(tf.exp(tf.neg(tf.abs(predictions))));
    return tf.add(tf.sub(tf.relu(predictions), tf.mul(predictions, targets)), tail);
  }
  const share = tf.clipByValue(predictions, epsilon, 1 - epsilon);
  const positive = tf.mul(targets, tf.log(share));
  const negative = tf.mul(tf.sub(1, targets), tf.log(tf.sub(1, share)));
  return tf.neg(tf.add(positive, negative));
}

function categoricalCrossentropy(
  targets: Tensor,
  predictions: Tensor,
  fromLogits: boolean,
): Tensor {
  if (fromLogits) return tf.neg(tf.sum(tf.mul(targets, tf.logSoftmax(predictions)), -1));
  const shares = tf.div(predictions, tf.sum(predictions, -1, true));
  const clipped = tf.clipByValue(shares, epsilon, 1 - epsilon);
  return tf.neg(tf.sum(tf.mul(targets, tf.log(clipped)), -1));
}

function oneHot(labels: Tensor, predictions: Tensor): Tensor {
  const classes = predictions.shape.at(-1) ?? 1;
  const flat = tf.reshape(tf.cast(labels, 'int32'), predictions.shape.slice(0, -1));
  return tf.cast(tf.oneHot(flat, classes), 'float32');
}
