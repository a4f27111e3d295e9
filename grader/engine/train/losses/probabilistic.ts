import { tf, type Tensor } from '../../tensorflow/tf.ts';
import { epsilon, type LossDefinitions } from './definition.ts';

/** Losses of probabilities, or of logits. */
export const probabilisticLosses = {
  BinaryCrossentropy: {
    ofExamples({ fromLogits, labelSmoothing, axis }, targets, predictions) {
      const smooth = smoothed(targets, labelSmoothing, 2);
      return tf.mean(binaryCrossentropy(smooth, predictions, fromLogits), axis);
    },
  },
  BinaryFocalCrossentropy: {
    ofExamples(options, targets, predictions) {
      const { fromLogits, labelSmoothing, gamma, alpha, axis } = options;
      const wanted = smoothed(targets, labelSmoothing, 2);
      const shares = fromLogits ? tf.sigmoid(predictions) : predictions;
      const losses = binaryCrossentropy(wanted, predictions, fromLogits);
      const missing = tf.sub(1, ofTwo(wanted, shares, tf.sub(1, shares)));
      const focal = tf.mul(tf.pow(missing, gamma), losses);
      if (!options.applyClassBalancing) return tf.mean(focal, axis);
      return tf.mean(tf.mul(ofTwo(wanted, tf.scalar(alpha), tf.scalar(1 - alpha)), focal), axis);
    },
  },
  CategoricalCrossentropy: {
    ofExamples({ fromLogits, labelSmoothing, axis }, targets, predictions) {
      const smooth = smoothed(targets, labelSmoothing, predictions.shape.at(-1) ?? 1);
      return categoricalCrossentropy(smooth, predictions, { fromLogits, axis });
    },
  },
  CategoricalFocalCrossentropy: {
    ofExamples({ fromLogits, labelSmoothing, gamma, alpha, axis }, targets, predictions) {
      const smooth = smoothed(targets, labelSmoothing, predictions.shape.at(-1) ?? 1);
      const given = fromLogits ? tf.exp(logShares(predictions, axis)) : predictions;
      const shares = clippedShares(given, axis);
      const losses = tf.mul(tf.neg(smooth), tf.log(shares));
      const weights = tf.mul(tf.pow(tf.sub(1, shares), gamma), alpha);
      return tf.sum(tf.mul(weights, losses), axis);
    },
  },
  SparseCategoricalCrossentropy: {
    ofExamples: ({ fromLogits, axis }, targets, predictions) =>
      categoricalCrossentropy(oneHot(targets, predictions), predictions, { fromLogits, axis }),
    mask: ({ ignoreClass }, targets) =>
      ignoreClass === null ? null : tf.cast(tf.notEqual(targets, ignoreClass), 'float32'),
    seesTheBatch: ({ ignoreClass }) => ignoreClass !== null,
  },
  CategoricalGeneralizedCrossEntropy: {
    ofExamples({ q }, targets, predictions) {
      const share = tf.sum(tf.mul(predictions, oneHot(targets, predictions)), -1);
      return tf.div(tf.sub(1, tf.pow(share, q)), q);
    },
  },
  KLDivergence: {
    ofExamples(_, targets, predictions) {
      const wanted = tf.clipByValue(targets, epsilon, 1);
      const shares = tf.clipByValue(predictions, epsilon, 1);
      return tf.sum(tf.mul(wanted, tf.log(tf.div(wanted, shares))), -1);
    },
  },
} satisfies Partial<LossDefinitions>;

/** A share of each target is spread over all classes. */
function smoothed(targets: Tensor, smoothing: number, classes: number): Tensor {
  return smoothing ? tf.add(tf.mul(targets, 1 - smoothing), smoothing / classes) : targets;
}

/** One value for class 1 and another for class 0, mixed where a target is between them. */
function ofTwo(targets: Tensor, one: Tensor, zero: Tensor): Tensor {
  return tf.add(tf.mul(targets, one), tf.mul(tf.sub(1, targets), zero));
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
  { fromLogits, axis }: { fromLogits: boolean; axis: number },
): Tensor {
  if (fromLogits) return tf.neg(tf.sum(tf.mul(targets, logShares(predictions, axis)), axis));
  return tf.neg(tf.sum(tf.mul(targets, tf.log(clippedShares(predictions, axis))), axis));
}

function clippedShares(predictions: Tensor, axis: number): Tensor {
  const shares = tf.div(predictions, tf.sum(predictions, axis, true));
  return tf.clipByValue(shares, epsilon, 1 - epsilon);
}

/** TF.js has it along the last axis only. */
function logShares(logits: Tensor, axis: number): Tensor {
  const isLast = axis === -1 || axis === logits.rank - 1;
  return isLast ? tf.logSoftmax(logits) : tf.sub(logits, tf.logSumExp(logits, axis, true));
}

function oneHot(labels: Tensor, predictions: Tensor): Tensor {
  const classes = predictions.shape.at(-1) ?? 1;
  const flat = tf.reshape(tf.cast(labels, 'int32'), predictions.shape.slice(0, -1));
  return tf.cast(tf.oneHot(flat, classes), 'float32');
}
