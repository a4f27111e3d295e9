import { tf, type Tensor, type Variable } from '../tensorflow/tf.ts';
import type { Optimizer } from './optimizer.ts';

type Slots = Readonly<Record<string, Variable>>;

/** The optimizer's state on TF.js variables, for training op by op. */
export class EagerOptimizer {
  private readonly optimizer: Optimizer;
  private readonly slots: readonly Slots[];
  private iterations = 0;

  constructor(optimizer: Optimizer, variables: readonly Variable[]) {
    this.optimizer = optimizer;
    this.slots = variables.map(({ shape }) => slotsOf(optimizer, shape));
  }

  /** One step of every variable; gradients stand in the order of the variables. */
  apply(variables: readonly Variable[], gradients: readonly Tensor[], learningRate: number): void {
    this.iterations += 1;
    tf.tidy(() => {
      const step = { learningRate, iteration: this.iterations };
      const numbers = this.optimizer.coefficients(step);
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

function slotsOf(optimizer: Optimizer, shape: readonly number[]): Slots {
  const entries = Object.entries(optimizer.slots(shape)).map(([name, start]) => [
    name,
    tf.tidy(() => tf.variable(tf.fill([...start.shape], start.value), false)),
  ]);
  return Object.fromEntries(entries) as Slots;
}
