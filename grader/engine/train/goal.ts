import { tf, type Scalar, type Tensor } from '../tensorflow/tf.ts';
import { lossFunction, takesClassNumbers, type LossFunction } from './loss.ts';
import { metricFunction, type MetricFunction } from './metrics.ts';
import type { OutputGoal } from './settings.ts';

/** A batch at one output. */
export interface OutputBatch {
  readonly targets: Tensor;
  readonly predictions: Tensor;
  /** [batch], one weight for each example's loss. */
  readonly weights: Tensor | null;
}

/** The loss and the metrics of one output. */
export class Goal {
  private readonly lossOf: LossFunction;
  private readonly lossWeight: number | undefined;
  private readonly metrics: readonly MetricFunction[];

  constructor({ loss, lossWeight, metrics }: OutputGoal) {
    const output = {
      classNumbers: takesClassNumbers(loss),
      fromLogits: loss.config['from_logits'] === true,
    };
    this.lossOf = lossFunction(loss);
    this.lossWeight = lossWeight;
    this.metrics = metrics.map((name) => metricFunction(name, output));
  }

  /** Mean over the examples. */
  loss({ targets, predictions, weights }: OutputBatch): Scalar {
    const losses = this.lossOf(targets, predictions);
    return tf.mean<Scalar>(weights ? tf.mul(losses, alongExamples(weights, losses.rank)) : losses);
  }

  /** The loss times the weight that it has beside those of other outputs. */
  weightedLoss(batch: OutputBatch): Scalar {
    const loss = this.loss(batch);
    return this.lossWeight === undefined ? loss : tf.mul(loss, this.lossWeight);
  }

  /** Each metric's sum over the examples, whose weights do not count in it. */
  metricSums({ targets, predictions }: OutputBatch): Scalar[] {
    return this.metrics.map((metric) => tf.sum<Scalar>(metric(targets, predictions)));
  }
}

/** [batch] as [batch, 1, ...], so that an example's weight reaches all of its losses. */
function alongExamples(weights: Tensor, rank: number): Tensor {
  return tf.reshape(weights, [weights.size, ...Array<number>(Math.max(rank - 1, 0)).fill(1)]);
}
