import type { OutputMasks } from '../../contract.ts';
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
  /** [batch, ...], true where a step counts; null where all do. */
  readonly mask: Tensor | null;
}

/** Whether an output comes with a mask, and how one counts. */
interface OutputMask {
  readonly isMasked: boolean;
  readonly masks: OutputMasks;
}

/** The loss and the metrics of one output. */
export class Goal {
  readonly metrics: readonly MetricDefinition[];
  private readonly lossOf: Loss['of'];
  private readonly lossWeight: number | undefined;
  private readonly output: OutputKind;
  private readonly isKeras2: boolean;

  constructor({ loss, lossWeight, metrics }: OutputGoal, { isMasked, masks }: OutputMask) {
    this.lossOf = lossOf(loss).of;
    this.lossWeight = lossWeight;
    this.isKeras2 = masks === 'keras2';
    this.metrics = metrics.map(metricDefinition).map((metric) => {
      const countsMasks = isMasked && (this.isKeras2 || !metric.ignoresMasks);
      return countsMasks ? (metric.masked ?? metric) : metric;
    });
    this.output = {
      classNumbers: targetsOf(loss) === 'class-numbers',
      fromLogits: givesLogits(loss),
    };
  }

  /** Of the whole batch; a mean over the examples, where the loss does not say otherwise. */
  loss({ targets, predictions, weights, mask }: OutputBatch): Scalar {
    return this.lossOf(targets, predictions, { weights, mask, isKeras2: this.isKeras2 });
  }

  /** The loss times the weight that it has beside those of other outputs. */
  weightedLoss(batch: OutputBatch): Scalar {
    const loss = this.loss(batch);
    return this.lossWeight === undefined ? loss : tf.mul(loss, this.lossWeight);
  }

  /** What each metric sums over the examples, whose weights do not count in it. */
  metricSums({ targets, predictions, mask }: OutputBatch): Tensor[] {
    const counts = mask && tf.cast(mask, 'float32');
    return this.metrics.map((metric) => {
      const isIgnored = metric.ignoresMasks && !this.isKeras2;
      const output = { ...this.output, mask: isIgnored ? null : counts };
      return metric.ofBatch(targets, predictions, output);
    });
  }
}
