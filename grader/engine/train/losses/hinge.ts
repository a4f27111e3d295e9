import { tf, type Tensor } from '../../tensorflow/tf.ts';
import type { LossDefinitions } from './definition.ts';

/** Losses of margins, for targets of -1 and 1. */
export const hingeLosses = {
  Hinge: {
    ofExamples: (_, targets, predictions) => tf.mean(shortfalls(targets, predictions), -1),
    seesTheBatch: () => true,
  },
  SquaredHinge: {
    ofExamples: (_, targets, predictions) =>
      tf.mean(tf.square(shortfalls(targets, predictions)), -1),
    seesTheBatch: () => true,
  },
  CategoricalHinge: {
    ofExamples(_, targets, predictions) {
      const right = tf.sum(tf.mul(targets, predictions), -1);
      const wrong = tf.max(tf.mul(tf.sub(1, targets), predictions), -1);
      return tf.maximum(tf.add(tf.sub(wrong, right), 1), 0);
    },
  },
} satisfies Partial<LossDefinitions>;

function shortfalls(targets: Tensor, predictions: Tensor): Tensor {
  return tf.maximum(tf.sub(1, tf.mul(signs(targets), predictions)), 0);
}

/** Targets of 0 and 1 become -1 and 1, as in Keras, where all of the batch are such. */
function signs(targets: Tensor): Tensor {
  const isBinary = tf.logicalOr(tf.equal(targets, 0), tf.equal(targets, 1));
  const areBinary = tf.min(tf.cast(isBinary, 'float32'));
  return tf.add(targets, tf.mul(areBinary, tf.sub(targets, 1)));
}
