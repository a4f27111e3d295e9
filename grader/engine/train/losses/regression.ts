import { tf, type Tensor } from '../../tensorflow/tf.ts';
import { epsilon, type LossDefinitions } from './definition.ts';

/** Losses of numbers. */
export const regressionLosses = {
  MeanSquaredError: {
    ofExamples: (_, targets, predictions) => tf.mean(tf.square(tf.sub(predictions, targets)), -1),
  },
  MeanAbsoluteError: {
    ofExamples: (_, targets, predictions) => tf.mean(tf.abs(tf.sub(predictions, targets)), -1),
  },
  MeanAbsolutePercentageError: {
    ofExamples: (_, targets, predictions) => percentageErrors(targets, predictions),
  },
  MeanSquaredLogarithmicError: {
    ofExamples: (_, targets, predictions) => logarithmicErrors(targets, predictions),
  },
  CosineSimilarity: {
    ofExamples: ({ axis }, targets, predictions) =>
      tf.neg(cosineSimilarity(targets, predictions, axis)),
  },
  Huber: {
    ofExamples({ delta }, targets, predictions) {
      const error = tf.abs(tf.sub(predictions, targets));
      const quadratic = tf.minimum(error, delta);
      const linear = tf.sub(error, quadratic);
      return tf.mean(tf.add(tf.mul(0.5, tf.square(quadratic)), tf.mul(delta, linear)), -1);
    },
  },
  LogCosh: {
    ofExamples(_, targets, predictions) {
      const error = tf.sub(predictions, targets);
      return tf.mean(tf.sub(tf.add(error, tf.softplus(tf.mul(error, -2))), Math.log(2)), -1);
    },
  },
  Poisson: {
    ofExamples(_, targets, predictions) {
      const logarithms = tf.log(tf.add(predictions, epsilon));
      return tf.mean(tf.sub(predictions, tf.mul(targets, logarithms)), -1);
    },
  },
} satisfies Partial<LossDefinitions>;

/** Mean over the last axis, in per cent of the targets. */
export function percentageErrors(targets: Tensor, predictions: Tensor): Tensor {
  const size = tf.maximum(tf.abs(targets), epsilon);
  return tf.mul(100, tf.mean(tf.abs(tf.div(tf.sub(targets, predictions), size)), -1));
}

/** Mean over the last axis of squared differences of log(1 + value); below 0 counts as 0. */
export function logarithmicErrors(targets: Tensor, predictions: Tensor): Tensor {
  const logarithm = (values: Tensor) => tf.log(tf.add(tf.maximum(values, epsilon), 1));
  return tf.mean(tf.square(tf.sub(logarithm(predictions), logarithm(targets))), -1);
}

/** Of the vectors along an axis: 1 where they point the same way, 0 at right angles or for zeros. */
export function cosineSimilarity(targets: Tensor, predictions: Tensor, axis: number): Tensor {
  return tf.sum(tf.mul(unit(targets, axis), unit(predictions, axis)), axis);
}

/** `keras.ops.normalize` of order 2. */
function unit(values: Tensor, axis: number): Tensor {
  const squares = tf.sum(tf.square(values), axis, true);
  return tf.mul(values, tf.minimum(tf.rsqrt(squares), 1 / epsilon));
}
