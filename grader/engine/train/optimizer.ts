import type { KerasObject } from '../../contract.ts';
import { tf, type Tensor, type Variable } from '../tf.ts';
import { updateRules, type Slots } from './update-rules.ts';

type OptimizerConfig = Readonly<Record<string, number | boolean | null>>;

/** Keras 3's optimizer on TF.js variables. It owns its slot variables until `dispose`. */
export class Optimizer {
  private readonly config: OptimizerConfig;
  private readonly rule: (typeof updateRules)[keyof typeof updateRules];
  private readonly slots: Slots[] = [];
  private iterations = 0;

  constructor(optimizer: KerasObject) {
    const rule = Object.entries(updateRules).find(([name]) => name === optimizer.class_name);
    if (!rule) throw new Error(`unknown optimizer ${optimizer.class_name}`);
    this.rule = rule[1];
    this.config = optimizer.config as OptimizerConfig;
  }

  /** One step of every variable; gradients stand in the order of the variables. */
  apply(variables: readonly Variable[], gradients: readonly Tensor[], learningRate: number): void {
    this.iterations += 1;
    tf.tidy(() => {
      const clipped = clip(gradients, this.config);
      const decay = Number(this.config['weight_decay'] ?? 0);
      variables.forEach((variable, index) => {
        const gradient = clipped[index];
        if (!gradient) return;
        // Keras decays the old weight before the update, biases too, at the step's learning rate.
        if (decay) variable.assign(tf.mul(variable, 1 - decay * learningRate));
        this.rule({
          variable,
          gradient,
          learningRate,
          iteration: this.iterations,
          config: this.config,
          slots: (this.slots[index] ??= {}),
        });
      });
    });
  }

  dispose(): void {
    for (const slots of this.slots) for (const slot of Object.values(slots)) slot.dispose();
  }
}

/** Keras checks `clipnorm`, then `global_clipnorm`, then `clipvalue`, and applies the first set. */
function clip(gradients: readonly Tensor[], config: OptimizerConfig): readonly Tensor[] {
  const { clipnorm, global_clipnorm: globalNorm, clipvalue } = config as Record<string, number>;
  if (clipnorm) {
    return gradients.map((gradient) => scaleToNorm(gradient, tf.norm(gradient), clipnorm));
  }
  if (globalNorm) {
    const squares = gradients.map((gradient) => tf.sum(tf.square(gradient)));
    const norm = tf.sqrt(tf.addN(squares));
    return gradients.map((gradient) => scaleToNorm(gradient, norm, globalNorm));
  }
  if (!clipvalue) return gradients;
  return gradients.map((gradient) => tf.clipByValue(gradient, -clipvalue, clipvalue));
}

function scaleToNorm(gradient: Tensor, norm: Tensor, limit: number): Tensor {
  return tf.mul(gradient, tf.div(limit, tf.maximum(norm, limit)));
}
