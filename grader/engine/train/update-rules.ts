import { tf, type Tensor } from '../tensorflow/tf.ts';

export type OptimizerConfig = Readonly<Record<string, number | boolean | null>>;

/** An optimizer's state for one variable: moments, accumulators, each in the variable's shape. */
type Slots = Readonly<Record<string, Tensor>>;

interface UpdateState {
  readonly variable: Tensor;
  readonly gradient: Tensor;
  readonly slots: Slots;
  /** Scalars. */
  readonly coefficients: Readonly<Record<string, Tensor>>;
  readonly config: OptimizerConfig;
}

export interface Updated {
  readonly variable: Tensor;
  readonly slots: Slots;
}

/** What one optimizer does to one variable, without side effects. */
export interface UpdateRule {
  /** The slots' names and first values. */
  readonly slots: (config: OptimizerConfig) => Readonly<Record<string, number>>;
  /** The numbers that change from step to step; the iteration counts from 1. */
  readonly coefficients: (
    config: OptimizerConfig,
    learningRate: number,
    iteration: number,
  ) => Readonly<Record<string, number>>;
  readonly update: (state: UpdateState) => Updated;
}

/**
 * The update rules of Keras 3 (keras/src/optimizers/*.py), which differ from TF.js's own: Adam's
 * epsilon stands outside the root and is not bias-corrected, RMSprop's, Adagrad's and Adadelta's
 * inside.
 */
export const updateRules: Readonly<Record<string, UpdateRule>> = {
  SGD: {
    slots: (config) => (number(config, 'momentum') ? { momentum: 0 } : {}),
    coefficients: onlyRate,
    update: sgd,
  },
  Adam: adamRule(),
  AdamW: adamRule(),
  Adamax: {
    slots: () => ({ m: 0, u: 0 }),
    coefficients: (config, learningRate, iteration) => ({
      rate: learningRate / (1 - number(config, 'beta_1') ** iteration),
    }),
    update: adamax,
  },
  Nadam: { slots: () => ({ m: 0, v: 0 }), coefficients: nadamCoefficients, update: nadam },
  RMSprop: {
    slots: (config) => ({
      velocity: 0,
      ...(config['centered'] ? { mean: 0 } : {}),
      ...(number(config, 'momentum') ? { momentum: 0 } : {}),
    }),
    coefficients: onlyRate,
    update: rmsprop,
  },
  Adagrad: {
    slots: (config) => ({ accumulator: number(config, 'initial_accumulator_value') }),
    coefficients: onlyRate,
    update: adagrad,
  },
  Adadelta: { slots: () => ({ gradient: 0, update: 0 }), coefficients: onlyRate, update: adadelta },
};

function onlyRate(_: OptimizerConfig, learningRate: number) {
  return { rate: learningRate };
}

function sgd({ variable, gradient, slots, coefficients, config }: UpdateState): Updated {
  const momentum = number(config, 'momentum');
  const step = tf.mul(gradient, rateOf(coefficients));
  if (!momentum) return { variable: tf.sub(variable, step), slots };
  const velocity = tf.sub(tf.mul(slot(slots, 'momentum'), momentum), step);
  const move = config['nesterov'] ? tf.sub(tf.mul(velocity, momentum), step) : velocity;
  return { variable: tf.add(variable, move), slots: { momentum: velocity } };
}

function adamRule(): UpdateRule {
  return {
    slots: (config) => ({ m: 0, v: 0, ...(config['amsgrad'] ? { vhat: 0 } : {}) }),
    coefficients: (config, learningRate, iteration) => {
      const [beta1, beta2] = [number(config, 'beta_1'), number(config, 'beta_2')];
      const correction = Math.sqrt(1 - beta2 ** iteration) / (1 - beta1 ** iteration);
      return { rate: learningRate * correction };
    },
    update: adam,
  };
}

function adam({ variable, gradient, slots, coefficients, config }: UpdateState): Updated {
  const m = follow(slot(slots, 'm'), gradient, number(config, 'beta_1'));
  const v = follow(slot(slots, 'v'), tf.square(gradient), number(config, 'beta_2'));
  const vhat = config['amsgrad'] ? tf.maximum(slot(slots, 'vhat'), v) : null;
  const divisor = tf.add(tf.sqrt(vhat ?? v), number(config, 'epsilon'));
  return {
    variable: tf.sub(variable, tf.div(tf.mul(m, rateOf(coefficients)), divisor)),
    slots: { m, v, ...(vhat ? { vhat } : {}) },
  };
}

function adamax({ variable, gradient, slots, coefficients, config }: UpdateState): Updated {
  const m = follow(slot(slots, 'm'), gradient, number(config, 'beta_1'));
  const u = tf.maximum(tf.mul(slot(slots, 'u'), number(config, 'beta_2')), tf.abs(gradient));
  const divisor = tf.add(u, number(config, 'epsilon'));
  return {
    variable: tf.sub(variable, tf.div(tf.mul(m, rateOf(coefficients)), divisor)),
    slots: { m, u },
  };
}

/** The product of all momenta so far soon vanishes; the rest of a long run adds nothing to it. */
function nadamCoefficients(config: OptimizerConfig, learningRate: number, iteration: number) {
  const [beta1, beta2] = [number(config, 'beta_1'), number(config, 'beta_2')];
  const momentumAt = (step: number) => beta1 * (1 - 0.5 * 0.96 ** step);
  const [now, next] = [momentumAt(iteration), momentumAt(iteration + 1)];
  let product = 1;
  for (let step = 1; step <= iteration && product > 0; step++) product *= momentumAt(step);
  return {
    rate: learningRate,
    mean: next / (1 - product * next),
    gradient: (1 - now) / (1 - product),
    square: 1 - beta2 ** iteration,
  };
}

function nadam({ variable, gradient, slots, coefficients, config }: UpdateState): Updated {
  const m = follow(slot(slots, 'm'), gradient, number(config, 'beta_1'));
  const v = follow(slot(slots, 'v'), tf.square(gradient), number(config, 'beta_2'));
  const corrected = tf.add(
    tf.mul(m, slot(coefficients, 'mean')),
    tf.mul(gradient, slot(coefficients, 'gradient')),
  );
  const scale = tf.sqrt(tf.div(v, slot(coefficients, 'square')));
  const divisor = tf.add(scale, number(config, 'epsilon'));
  const step = tf.div(tf.mul(corrected, rateOf(coefficients)), divisor);
  return { variable: tf.sub(variable, step), slots: { m, v } };
}

function rmsprop({ variable, gradient, slots, coefficients, config }: UpdateState): Updated {
  const rho = number(config, 'rho');
  const velocity = follow(slot(slots, 'velocity'), tf.square(gradient), rho);
  const mean = config['centered'] ? follow(slot(slots, 'mean'), gradient, rho) : null;
  const variance = mean ? tf.sub(velocity, tf.square(mean)) : velocity;
  const root = tf.rsqrt(tf.add(variance, number(config, 'epsilon')));
  const step = tf.mul(tf.mul(gradient, rateOf(coefficients)), root);
  const momentum = number(config, 'momentum');
  const kept = { velocity, ...(mean ? { mean } : {}) };
  if (!momentum) return { variable: tf.sub(variable, step), slots: kept };
  const moving = tf.add(tf.mul(slot(slots, 'momentum'), momentum), step);
  return { variable: tf.sub(variable, moving), slots: { ...kept, momentum: moving } };
}

function adagrad({ variable, gradient, slots, coefficients, config }: UpdateState): Updated {
  const accumulator = tf.add(slot(slots, 'accumulator'), tf.square(gradient));
  const divisor = tf.sqrt(tf.add(accumulator, number(config, 'epsilon')));
  const step = tf.div(tf.mul(gradient, rateOf(coefficients)), divisor);
  return { variable: tf.sub(variable, step), slots: { accumulator } };
}

function adadelta({ variable, gradient, slots, coefficients, config }: UpdateState): Updated {
  const [rho, epsilon] = [number(config, 'rho'), number(config, 'epsilon')];
  const square = follow(slot(slots, 'gradient'), tf.square(gradient), rho);
  const moved = slot(slots, 'update');
  const scale = tf.div(tf.sqrt(tf.add(moved, epsilon)), tf.sqrt(tf.add(square, epsilon)));
  const step = tf.mul(scale, gradient);
  return {
    variable: tf.sub(variable, tf.mul(step, rateOf(coefficients))),
    slots: { gradient: square, update: follow(moved, tf.square(step), rho) },
  };
}

function number(config: OptimizerConfig, name: string): number {
  return Number(config[name] ?? 0);
}

function slot(tensors: Readonly<Record<string, Tensor>>, name: string): Tensor {
  const found = tensors[name];
  if (!found) throw new Error(`an optimizer has no ${name}`);
  return found;
}

function rateOf(coefficients: UpdateState['coefficients']): Tensor {
  return slot(coefficients, 'rate');
}

/** A moving average: average + (value - average) * (1 - decay), which is how Keras rounds it. */
function follow(average: Tensor, value: Tensor, decay: number): Tensor {
  return tf.add(average, tf.mul(tf.sub(value, average), 1 - decay));
}
