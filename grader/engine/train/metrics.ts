import { metrics, type TrainingCounterpart } from '../../metrics/metric.ts';
import type { TrainingMetric } from '../../metrics/training.ts';
import { tf, type Tensor } from '../tensorflow/tf.ts';

/** Value of a metric for each example, in one number per row: [batch, ...] to [batch]. */
export type MetricFunction = (targets: Tensor, predictions: Tensor) => Tensor;

/** How an output's targets and predictions are to be understood. */
interface OutputKind {
  readonly classNumbers: boolean;
  readonly fromLogits: boolean;
}

/** Keras's meaning of the metric for these targets. */
export function metricFunction(metric: TrainingMetric, output: OutputKind): MetricFunction {
  return functions[metrics[metric].training.compares](output);
}

const functions: Readonly<
  Record<TrainingCounterpart['compares'], (output: OutputKind) => MetricFunction>
> = {
  labels: labelsCompared,
  'absolute-errors': () => perRow((y, p) => tf.abs(tf.sub(p, y))),
  'squared-errors': () => perRow((y, p) => tf.square(tf.sub(p, y))),
};

/** Class numbers as they are, one-hot targets by their largest, one output by 0.5 (0 for logits). */
function labelsCompared({ classNumbers, fromLogits }: OutputKind): MetricFunction {
  if (classNumbers) return classNumbersCompared;
  const threshold = fromLogits ? 0 : 0.5;
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

function classNumbersCompared(labels: Tensor, predictions: Tensor): Tensor {
  const found = tf.argMax(predictions, -1);
  const wanted = tf.reshape(tf.cast(labels, 'int32'), found.shape);
  return perRow((y, p) => tf.equal(p, y))(wanted, found);
}
