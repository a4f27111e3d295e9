import { givesLogits, targetsOf } from '../../recipe/loss-facts.ts';
import { tf, type Scalar, type Tensor } from '../tensorflow/tf.ts';
import { lossOf, type Loss } from './losses/table.ts';
import type { MetricDefinition, OutputKind } from './metrics/definition.ts';
import { metricDefinition } from './metrics/table.ts';
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
  readonly metrics: readonly MetricDefinition[];
  private readonly lossOf: Loss['of'];
  private readonly lossWeight: number | undefined;
  private readonly output: OutputKind;

  constructor({ loss, lossWeight, metrics }: OutputGoal) {
    this.lossOf = lossOf(loss).of;
    this.lossWeight = lossWeight;
    this.metrics = metrics.map(metricDefinition);
    this.output = {
      classNumbers: targetsOf(loss) === 'class-numbers',
      fromLogits: givesLogits(loss),
    };
  }

  /** Of the whole batch; a mean over the examples, where the loss does not say otherwise. */
  loss({ targets, predictions, weights }: OutputBatch): Scalar {
    return this.lossOf(targets, predictions, weights);
  }

  /** The loss times the weight that it has beside those of other outputs. */
  weightedLoss(batch: OutputBatch): Scalar {
    const loss = this.loss(batch);
    return this.lossWeight === undefined ? loss : tf.mul(loss, this.lossWeight);
  }

  /** What each metric sums over the examples, whose weights do not count in it. */
  metricSums({ targets, predictions }: OutputBatch): Tensor[] {
    return this.metrics.map((metric) => metric.ofBatch(targets, predictions, this.output));
  }
}
