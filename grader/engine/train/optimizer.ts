import type { KerasObject } from '../../contract.ts';
import { tf, type Tensor, type Variable } from '../tensorflow/tf.ts';
import {
  updateRules,
  type OptimizerConfig,
  type Updated,
  type UpdateRule,
} from './update-rules.ts';

/** Keras 3's optimizer as pure functions of tensors; whoever uses it keeps variables and slots. */
export class Optimizer {
  readonly name: string;
  readonly config: OptimizerConfig;
  private readonly rule: UpdateRule;

  constructor({ class_name: name, config }: KerasObject) {
    const rule = Object.hasOwn(updateRules, name) ? updateRules[name] : undefined;
    if (!rule) throw new Error(`unknown optimizer ${name}`);
    this.name = name;
    this.rule = rule;
    this.config = config as OptimizerConfig;
  }

  /** Names and first values of the state that it keeps for each variable. */
  slots(): Readonly<Record<string, number>> {
    return this.rule.slots(this.config);
  }

  /** The scalars of a step, counted from 1; `decay` multiplies the weights before the update. */
  coefficients(learningRate: number, iteration: number): Readonly<Record<string, number>> {
    const decay = Number(this.config['weight_decay'] ?? 0);
    return {
      ...this.rule.coefficients(this.config, learningRate, iteration),
      // Keras decays the old weight before the update, biases too, at the step's learning rate.
      ...(decay ? { decay: 1 - decay * learningRate } : {}),
    };
  }

  /** Keras checks `clipnorm`, then `global_clipnorm`, then `clipvalue`; the first set holds. */
  clip(gradients: readonly Tensor[]): readonly Tensor[] {
    const { clipnorm, global_clipnorm: globalNorm, clipvalue } = this.config;
    if (clipnorm) {
      return gradients.map((gradient) => scaleToNorm(gradient, norm([gradient]), Number(clipnorm)));
    }
    if (globalNorm) {
      const total = norm(gradients);
      return gradients.map((gradient) => scaleToNorm(gradient, total, Number(globalNorm)));
    }
    if (!clipvalue) return gradients;
    return gradients.map((gradient) =>
      tf.clipByValue(gradient, -Number(clipvalue), Number(clipvalue)),
    );
  }

  /** One variable's new value and state from its clipped gradient. */
  update(state: {
    variable: Tensor;
    gradient: Tensor;
    slots: Readonly<Record<string, Tensor>>;
    coefficients: Readonly<Record<string, Tensor>>;
  }): Updated {
    const { decay } = state.coefficients;
    const variable = decay ? tf.mul(state.variable, decay) : state.variable;
    return this.rule.update({ ...state, variable, config: this.config });
  }
}

function norm(gradients: readonly Tensor[]): Tensor {
  return tf.sqrt(tf.addN(gradients.map((gradient) => tf.sum(tf.square(gradient)))));
}

function scaleToNorm(gradient: Tensor, norm: Tensor, limit: number): Tensor {
  return tf.mul(gradient, tf.div(limit, tf.maximum(norm, limit)));
}

/** The optimizer's state on TF.js variables, for training op by op. */
export class EagerOptimizer {
  private readonly optimizer: Optimizer;
  private readonly slots: Readonly<Record<string, Variable>>[];
  private iterations = 0;

  constructor(optimizer: Optimizer, variables: readonly Variable[]) {
    this.optimizer = optimizer;
    this.slots = variables.map(({ shape }) =>
      Object.fromEntries(
        Object.entries(optimizer.slots()).map(([name, start]) => [
          name,
          tf.tidy(() => tf.variable(tf.fill(shape, start), false)),
        ]),
      ),
    );
  }

  /** One step of every variable; gradients stand in the order of the variables. */
  apply(variables: readonly Variable[], gradients: readonly Tensor[], learningRate: number): void {
    this.iterations += 1;
    tf.tidy(() => {
      const numbers = this.optimizer.coefficients(learningRate, this.iterations);
      const coefficients = Object.fromEntries(
        Object.entries(numbers).map(([name, value]) => [name, tf.scalar(value)]),
      );
      this.optimizer.clip(gradients).forEach((gradient, index) => {
        const variable = variables[index];
        const slots = this.slots[index];
        if (!variable || !slots) throw new Error('a gradient belongs to no variable');
        const updated = this.optimizer.update({ variable, gradient, slots, coefficients });
        variable.assign(updated.variable);
        for (const [name, slot] of Object.entries(slots)) {
          const value = updated.slots[name];
          if (value) slot.assign(value);
        }
      });
    });
  }

  dispose(): void {
    for (const slots of this.slots) for (const slot of Object.values(slots)) slot.dispose();
  }
}
