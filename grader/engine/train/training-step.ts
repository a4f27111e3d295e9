import { withStep } from '../tensorflow/randomness.ts';
import { tf, type Scalar, type Tensor, type Variable } from '../tensorflow/tf.ts';
import { constrained } from '../layers/constraints.ts';
import { applyMasked } from '../model/apply-model.ts';
import { Goal, type OutputBatch } from './goal.ts';
import type { LoggedMetric } from './epoch-sums.ts';
import { logNames } from './log-names.ts';
import { trainedWeights, variableOf, type Model } from '../model/model.ts';
import { penaltiesOf } from '../model/penalties.ts';
import type { CompileSettings } from './settings.ts';

export interface StepBatch {
  /** One for each input of the model. */
  readonly inputs: readonly Tensor[];
  /** One for each output of the model. */
  readonly targets: readonly Tensor[];
  /** [batch], one weight for each example's loss at every output. */
  readonly weights: Tensor | null;
}

export interface Measured {
  /**
   * The outputs' losses, means over the examples, each times its weight, and the regularizers'
   * penalties, all added up, as Keras reports it.
   */
  readonly loss: Scalar;
  /** What each sums over the examples, in the order of the step's metrics. */
  readonly metrics: readonly Tensor[];
}

interface Differentiated extends Measured {
  /** In the order of the variables. */
  readonly gradients: readonly Tensor[];
}

/** The arithmetic of a training: both trainers use it, one op by op, one to trace it once. */
export class TrainingStep {
  readonly model: Model;
  /** With several outputs, the outputs' own losses come first. */
  readonly metrics: readonly LoggedMetric[];
  /** What the optimizer changes. */
  readonly variables: readonly Variable[];
  private readonly goals: readonly Goal[];
  private readonly isMasked: readonly boolean[];

  /** `isMasked` says of each output whether a mask that counts comes with it; left out, none does. */
  constructor(
    model: Model,
    { outputs, outputMasks: masks = 'keras3' }: Omit<CompileSettings, 'optimizer'>,
    isMasked: readonly boolean[] = [],
  ) {
    this.model = model;
    this.isMasked = isMasked;
    this.variables = trainedWeights(model).map((weight) => variableOf(model, weight));
    this.goals = outputs.map(
      (goal, index) => new Goal(goal, { isMasked: isMasked[index] ?? false, masks }),
    );
    const metrics = this.goals.flatMap((goal) => goal.metrics);
    const definitions =
      outputs.length === 1 ? metrics : [...outputs.map(() => ownLoss), ...metrics];
    const names = logNames(outputNames(model), outputs);
    this.metrics = definitions.map(({ sums, value }, index) => ({
      ...{ name: names[index] ?? '', sums, value },
    }));
  }

  /** Forward and backward; `step`, an int32 scalar, counts the steps done before. */
  differentiate(batch: StepBatch, step: Tensor): Differentiated {
    let outputs: Outputs = [];
    const { value, grads } = withStep(step, () =>
      tf.variableGrads(() => {
        outputs = applyMasked(this.model, batch.inputs, { training: true });
        for (const tensor of tensorsOf(outputs)) tf.keep(tensor);
        return this.loss(batch, outputs);
      }, [...this.variables]),
    );
    const gradients = this.variables.map(
      (variable) => grads[variable.name] ?? tf.zeros(variable.shape),
    );
    const metrics = this.sums(batch, outputs);
    for (const tensor of tensorsOf(outputs)) tensor.dispose();
    return { loss: value, metrics, gradients };
  }

  /** Forward in inference mode. */
  evaluate(batch: StepBatch): Measured {
    const outputs = applyMasked(this.model, batch.inputs, { training: false });
    return { loss: this.loss(batch, outputs), metrics: this.sums(batch, outputs) };
  }

  /** The variables of layers that have a constraint, with the constraint. */
  constraints(): ReadonlyMap<Variable, (weights: Tensor) => Tensor> {
    const pairs = trainedWeights(this.model).flatMap((weight) => {
      const { constraint } = weight.spec;
      if (!constraint) return [];
      const apply = (value: Tensor) => constrained(constraint, value);
      return [[variableOf(this.model, weight), apply] as const];
    });
    return new Map(pairs);
  }

  private loss(batch: StepBatch, outputs: Outputs): Scalar {
    const losses = this.atOutputs(batch, outputs).map(({ goal, given }) =>
      goal.weightedLoss(given),
    );
    const terms = [...losses, ...penaltiesOf(this.model)];
    const [only] = terms;
    return only && terms.length === 1 ? only : tf.addN(terms);
  }

  private sums(batch: StepBatch, outputs: Outputs): Tensor[] {
    const all = this.atOutputs(batch, outputs);
    const metrics = all.flatMap(({ goal, given }) => goal.metricSums(given));
    // What a single output loses is in the whole loss already.
    if (all.length === 1) return metrics;
    const losses = all.map(({ goal, given }) =>
      tf.mul<Scalar>(goal.loss(given), given.targets.shape[0]),
    );
    return [...losses, ...metrics];
  }

  private atOutputs(
    { targets, weights }: StepBatch,
    outputs: Outputs,
  ): { goal: Goal; given: OutputBatch }[] {
    return this.goals.map((goal, index) => {
      const [wanted, output] = [targets[index], outputs[index]];
      if (!wanted || !output) throw new Error(`there is no output ${index}`);
      const mask = this.isMasked[index] ? (output.mask ?? null) : null;
      return { goal, given: { targets: wanted, predictions: output.tensor, weights, mask } };
    });
  }
}

type Outputs = ReturnType<typeof applyMasked>;

function tensorsOf(outputs: Outputs): Tensor[] {
  return outputs.flatMap(({ tensor, mask }) => (mask ? [tensor, mask] : [tensor]));
}

/** With several outputs, the loss of one of them: its mean over the examples, times their number. */
const ownLoss: Pick<LoggedMetric, 'sums' | 'value'> = {
  sums: 1,
  value: ([total = 0], rows) => total / rows,
};

/** A layer that is called for several outputs gives all of them its name. */
function outputNames({ outputs }: Model): readonly string[] {
  return outputs.map(({ node }) => node.layer.name);
}
