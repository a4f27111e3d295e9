import { tf, type Tensor } from '../../tensorflow/tf.ts';
import type { MetricDefinition, Compare } from './definition.ts';

/**
 * Mean over the examples of what is compared in each, an example's number being the mean of its own;
 * where there is a mask, over the steps that count. `finish` makes the metric of the mean.
 */
export function meanOf(compare: Compare, finish = (mean: number) => mean): MetricDefinition {
  return {
    sums: 1,
    ofBatch: (...given) => tf.sum(meansOver(compare(...given), 1)),
    value: ([total = 0], rows) => finish(total / rows),
    masked: {
      sums: 2,
      ofBatch(targets, predictions, output) {
        const { mask } = output;
        if (!mask) throw new Error('a masked metric without a mask');
        const values = meansOver(compare(targets, predictions, output), mask.rank);
        return tf.stack([tf.sum(tf.mul(values, mask)), tf.sum(mask)]);
      },
      value: ([total = 0, count = 0]) => finish(count === 0 ? 0 : total / count),
    },
  };
}

/** Means over all but the first `rank` axes. */
function meansOver(compared: Tensor, rank: number): Tensor {
  const values = tf.cast(compared, 'float32');
  if (values.rank <= rank) return values;
  return tf.mean(tf.reshape(values, [...values.shape.slice(0, rank), -1]), rank);
}
