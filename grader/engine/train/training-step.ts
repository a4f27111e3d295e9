import type { Recipe } from '../../contract.ts';
import { withStep } from '../randomness.ts';
import { tf, type LayersModel, type Scalar, type Tensor, type Variable } from '../tf.ts';
import { lossFunction, takesClassNumbers, type LossFunction } from './loss.ts';
import { metricFunction, type MetricFunction } from './metrics.ts';

export interface StepBatch {
  readonly inputs: Tensor;
  readonly targets: Tensor;
  /** [batch], one weight for each example's loss. */
  readonly weights: Tensor | null;
}

export interface Measured {
  /** Mean of the examples' losses and the regularizers' penalties, as Keras reports it. */
  readonly loss: Scalar;
  /** Sum over the examples, in the order of the metric names. */
  readonly metrics: readonly Scalar[];
}

export interface Differentiated extends Measured {
  /** In the order of the variables. */
  readonly gradients: readonly Tensor[];
}

/** The arithmetic of a training: both trainers use it, one op by op, one to trace it once. */
export class TrainingStep {
  readonly model: LayersModel;
  readonly metricNames: readonly string[];
  /** What the optimizer changes. */
  readonly variables: readonly Variable[];
  private readonly lossOf: LossFunction;
  private readonly metrics: readonly MetricFunction[];

  constructor(model: LayersModel, { loss, metrics }: Recipe['compile']) {
    const output = {
      classNumbers: takesClassNumbers(loss),
      fromLogits: loss.config['from_logits'] === true,
    };
    this.model = model;
    this.metricNames = metrics;
    this.variables = model.trainableWeights.map((weight) => weight.read() as Variable);
    this.lossOf = lossFunction(loss);
    this.metrics = metrics.map((name) => metricFunction(name, output));
  }

  /** Forward and backward; `step`, an int32 scalar, counts the steps done before. */
  differentiate(batch: StepBatch, step: Tensor): Differentiated {
    let outputs: Tensor | undefined;
    const { value, grads } = withStep(step, () =>
      tf.variableGrads(() => {
        outputs = tf.keep(this.model.apply(batch.inputs, { training: true }) as Tensor);
        return this.loss(batch, outputs);
      }, [...this.variables]),
    );
    if (!outputs) throw new Error('the model gave no output');
    const gradients = this.variables.map(
      (variable) => grads[variable.name] ?? tf.zeros(variable.shape),
    );
    const metrics = this.sums(batch.targets, outputs);
    outputs.dispose();
    return { loss: value, metrics, gradients };
  }

  /** Forward in inference mode. */
  evaluate(batch: StepBatch): Measured {
    const outputs = this.model.apply(batch.inputs, { training: false }) as Tensor;
    return { loss: this.loss(batch, outputs), metrics: this.sums(batch.targets, outputs) };
  }

  /** The variables of layers that have a constraint, with the constraint. */
  constraints(): ReadonlyMap<Variable, (weights: Tensor) => Tensor> {
    const pairs = this.model.trainableWeights.flatMap((weight) => {
      const { constraint } = weight as unknown as {
        constraint: { apply(weights: Tensor): Tensor } | null;
      };
      const apply = (weights: Tensor) => constraint?.apply(weights) ?? weights;
      return constraint ? [[weight.read() as Variable, apply] as const] : [];
    });
    return new Map(pairs);
  }

  private loss({ targets, weights }: StepBatch, outputs: Tensor): Scalar {
    const losses = this.lossOf(targets, outputs);
    const weighted = weights ? tf.mul(losses, alongExamples(weights, losses.rank)) : losses;
    const penalties = this.model.calculateLosses();
    const mean = tf.mean<Scalar>(weighted);
    return penalties.length === 0 ? mean : tf.addN([mean, ...penalties]);
  }

  private sums(targets: Tensor, outputs: Tensor): Scalar[] {
    return this.metrics.map((metric) => tf.sum<Scalar>(metric(targets, outputs)));
  }
}

/** [batch] as [batch, 1, ...], so that an example's weight reaches all of its losses. */
function alongExamples(weights: Tensor, rank: number): Tensor {
  return tf.reshape(weights, [weights.size, ...Array<number>(Math.max(rank - 1, 0)).fill(1)]);
}
