import type { KerasObject } from '../../contract.ts';
import { isOptimizer, optimizerTable, type OptimizerClassName } from '../../recipe/optimizers.ts';
import { storedOptions } from '../../recipe/stored-options.ts';
import { tf, type Tensor } from '../tensorflow/tf.ts';
import type {
  AnyOptimizer,
  OptimizerOptions,
  SlotStarts,
  StepFacts,
  Updated,
  UpdateState,
} from './optimizers/definition.ts';
import type { FusedUpdate } from './optimizers/fused-update.ts';
import { optimizers } from './optimizers/table.ts';
import { learningRateAt } from './schedule.ts';

/** Keras 3's optimizer as pure functions of tensors; whoever uses it keeps variables and slots. */
export class Optimizer {
  readonly name: string;
  /** TensorFlow's op that does its update, or null. */
  readonly fused: FusedUpdate | null;
  private readonly options: OptimizerOptions<OptimizerClassName>;
  private readonly definition: AnyOptimizer;

  /** Throws for a class that is none. */
  constructor({ class_name: name, config }: KerasObject) {
    if (!isOptimizer(name)) throw new Error(`Unknown optimizer: ${name}`);
    this.name = name;
    this.definition = optimizers[name];
    this.options = storedOptions(optimizerTable[name].options, config);
    this.fused = this.definition.fused?.(this.options) ?? null;
  }

  /** Its own, from a number or a schedule, of a step counted from 0. */
  learningRate(step: number): number {
    return learningRateAt(this.options.learningRate, step);
  }

  /** What it keeps for a variable of this shape. */
  slots(shape: readonly number[]): SlotStarts {
    return this.definition.slots(this.options, shape);
  }

  /** The scalars of a step, counted from 1; `decay` multiplies the weights before the update. */
  coefficients(step: StepFacts): Readonly<Record<string, number>> {
    const { weightDecay } = this.options;
    const own = this.definition.coefficients?.(this.options, step);
    return {
      ...(own ?? { rate: step.learningRate }),
      // Keras decays the old weight before the update, biases too, at the step's learning rate.
      ...(weightDecay ? { decay: 1 - weightDecay * step.learningRate } : {}),
    };
  }

  /** Keras checks `clipnorm`, then `global_clipnorm`, then `clipvalue`; the first set holds. */
  clip(gradients: readonly Tensor[]): readonly Tensor[] {
    const { clipnorm, globalClipnorm, clipvalue } = this.options;
    if (clipnorm) {
      return gradients.map((gradient) => scaleToNorm(gradient, norm([gradient]), clipnorm));
    }
    if (globalClipnorm) {
      const total = norm(gradients);
      return gradients.map((gradient) => scaleToNorm(gradient, total, globalClipnorm));
    }
    if (!clipvalue) return gradients;
    return gradients.map((gradient) => tf.clipByValue(gradient, -clipvalue, clipvalue));
  }

  /** One variable's new value and state from its clipped gradient. */
  update(state: UpdateState): Updated {
    const { decay } = state.coefficients;
    const variable = decay ? tf.mul(state.variable, decay) : state.variable;
    return this.definition.update(this.options, { ...state, variable });
  }
}

/** Names of the scalars that its steps take. */
export function coefficientNames(optimizer: Optimizer): readonly string[] {
  return Object.keys(optimizer.coefficients({ learningRate: 1, iteration: 1 }));
}

function norm(gradients: readonly Tensor[]): Tensor {
  return tf.sqrt(squaredNorm(gradients));
}

/** A scalar: the sum of all their squares. */
export function squaredNorm(gradients: readonly Tensor[]): Tensor {
  return tf.addN(gradients.map((gradient) => tf.sum(tf.square(gradient))));
}

function scaleToNorm(gradient: Tensor, norm: Tensor, limit: number): Tensor {
  return tf.mul(gradient, tf.div(limit, tf.maximum(norm, limit)));
}
