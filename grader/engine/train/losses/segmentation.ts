import { tf, type Tensor } from '../../tensorflow/tf.ts';
import { epsilon, type LossDefinitions } from './definition.ts';

type Axes = number | readonly number[] | null;

/** Losses of how far areas overlap. */
export const segmentationLosses = {
  Dice: {
    ofExamples({ axis }, targets, predictions) {
      const total = (values: Tensor) => sumOver(values, axis);
      const both = total(tf.mul(targets, predictions));
      const areas = tf.add(tf.add(total(targets), total(predictions)), epsilon);
      return tf.sub(1, tf.div(tf.mul(2, both), areas));
    },
    seesTheBatch: ({ axis }) => axis === null,
  },
  Tversky: {
    ofExamples({ axis, alpha, beta }, targets, predictions) {
      const total = (one: Tensor, other: Tensor) => sumOver(tf.mul(one, other), axis);
      const both = total(targets, predictions);
      const missed = tf.mul(total(tf.sub(1, predictions), targets), alpha);
      const added = tf.mul(total(predictions, tf.sub(1, targets)), beta);
      const areas = tf.add(tf.add(tf.add(both, missed), added), epsilon);
      return tf.sub(1, tf.div(both, areas));
    },
    seesTheBatch: ({ axis }) => axis === null,
  },
} satisfies Partial<LossDefinitions>;

function sumOver(values: Tensor, axis: Axes): Tensor {
  return axis === null ? tf.sum(values) : tf.sum(values, [axis].flat());
}
