import { tf, type Tensor } from '../../tensorflow/tf.ts';
import type { MetricDefinition, Compare } from './definition.ts';

/** Mean over the examples of what is compared in each, [batch]. */
export function meanOf(ofRows: Compare): MetricDefinition {
  return {
    sums: 1,
    ofBatch: (targets, predictions) => tf.sum(ofRows(targets, predictions)),
    value: ([total = 0], rows) => total / rows,
  };
}

/** Compares what has the shape [batch, ...]; an example's number is the mean of its comparisons. */
export function perRow(compare: Compare): Compare {
  return (targets, predictions) => rowMeans(compare(targets, predictions));
}

/** [batch, ...] to [batch]. */
export function rowMeans(compared: Tensor): Tensor {
  const values = tf.cast(compared, 'float32');
  return values.rank > 1 ? tf.mean(tf.reshape(values, [values.shape[0], -1]), 1) : values;
}
