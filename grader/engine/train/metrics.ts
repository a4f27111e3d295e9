import { tf, type Tensor } from '../tensorflow/tf.ts';

export type MetricName = 'accuracy' | 'mae' | 'mse';

/** Value of a metric for each example, in one number per row: [batch, ...] to [batch]. */
export type MetricFunction = (targets: Tensor, predictions: Tensor) => Tensor;

/**
 * Keras's meaning of the metric for these targets: `accuracy` is sparse categorical for class
 * numbers, categorical for one-hot targets and a threshold of 0.5 for one output (0 for logits).
 */
export function metricFunction(
  name: MetricName,
  output: { classNumbers: boolean; fromLogits: boolean },
): MetricFunction {
  if (name === 'mae') return perRow((y, p) => tf.abs(tf.sub(p, y)));
  if (name === 'mse') return perRow((y, p) => tf.square(tf.sub(p, y)));
  if (output.classNumbers) return sparseAccuracy;
  const threshold = output.fromLogits ? 0 : 0.5;
  return (targets, predictions) =>
    predictions.shape.at(-1) === 1
      ? perRow((y, p) => tf.equal(tf.greater(p, threshold), tf.greater(y, 0.5)))(
          targets,
          predictions,
        )
      : perRow((y, p) => tf.equal(tf.argMax(p, -1), tf.argMax(y, -1)))(targets, predictions);
}

function perRow(compare: (targets: Tensor, predictions: Tensor) => Tensor): MetricFunction {
  return (targets, predictions) => {
    const values = tf.cast(compare(targets, predictions), 'float32');
    return values.rank > 1 ? tf.mean(tf.reshape(values, [values.shape[0], -1]), 1) : values;
  };
}

function sparseAccuracy(labels: Tensor, predictions: Tensor): Tensor {
  const found = tf.argMax(predictions, -1);
  const wanted = tf.reshape(tf.cast(labels, 'int32'), found.shape);
  return perRow((y, p) => tf.equal(p, y))(wanted, found);
}
