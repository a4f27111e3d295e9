import { tf, type Tensor, type Variable } from '../tf.ts';

/** An optimizer's state for one variable: moments, accumulators. */
export type Slots = Record<string, Variable>;

interface Update {
  readonly variable: Variable;
  readonly gradient: Tensor;
  readonly learningRate: number;
  /** Counts from 1. */
  readonly iteration: number;
  readonly config: Readonly<Record<string, number | boolean | null>>;
  readonly slots: Slots;
}

/**
 * The update rules of Keras 3 (keras/src/optimizers/*.py), which differ from TF.js's own: Adam's
 * epsilon stands outside the root and is not bias-corrected, RMSprop's, Adagrad's and Adadelta's
 * inside.
 */
export const updateRules = {
  SGD: sgd,
  Adam: adam,
  AdamW: adam,
  Adamax: adamax,
  Nadam: nadam,
  RMSprop: rmsprop,
  Adagrad: adagrad,
  Adadelta: adadelta,
};

function sgd({ variable, gradient, learningRate, config, slots }: Update): void {
  const momentum = number(config, 'momentum');
  const step = tf.mul(gradient, learningRate);
  if (!momentum) {
    variable.assign(tf.sub(variable, step));
    return;
  }
  const velocity = slot(slots, 'momentum', variable);
  velocity.assign(tf.sub(tf.mul(velocity, momentum), step));
  const move = config['nesterov'] ? tf.sub(tf.mul(velocity, momentum), step) : velocity;
  variable.assign(tf.add(variable, move));
}

function adam({ variable, gradient, learningRate, iteration, config, slots }: Update): void {
  const [beta1, beta2] = [number(config, 'beta_1'), number(config, 'beta_2')];
  const mean = follow(slot(slots, 'm', variable), gradient, beta1);
  const square = follow(slot(slots, 'v', variable), tf.square(gradient), beta2);
  const rate = (learningRate * Math.sqrt(1 - beta2 ** iteration)) / (1 - beta1 ** iteration);
  const scale = config['amsgrad'] ? largest(slot(slots, 'vhat', variable), square) : square;
  const divisor = tf.add(tf.sqrt(scale), number(config, 'epsilon'));
  variable.assign(tf.sub(variable, tf.div(tf.mul(mean, rate), divisor)));
}

function adamax({ variable, gradient, learningRate, iteration, config, slots }: Update): void {
  const [beta1, beta2] = [number(config, 'beta_1'), number(config, 'beta_2')];
  const mean = follow(slot(slots, 'm', variable), gradient, beta1);
  const norm = slot(slots, 'u', variable);
  norm.assign(tf.maximum(tf.mul(norm, beta2), tf.abs(gradient)));
  const rate = learningRate / (1 - beta1 ** iteration);
  const divisor = tf.add(norm, number(config, 'epsilon'));
  variable.assign(tf.sub(variable, tf.div(tf.mul(mean, rate), divisor)));
}

function nadam({ variable, gradient, learningRate, iteration, config, slots }: Update): void {
  const [beta1, beta2] = [number(config, 'beta_1'), number(config, 'beta_2')];
  const momentumAt = (step: number) => beta1 * (1 - 0.5 * 0.96 ** step);
  const [now, next] = [momentumAt(iteration), momentumAt(iteration + 1)];
  let product = 1;
  // The product soon vanishes in float64; the rest of a long run adds nothing.
  for (let step = 1; step <= iteration && product > 0; step++) product *= momentumAt(step);
  const mean = follow(slot(slots, 'm', variable), gradient, beta1);
  const square = follow(slot(slots, 'v', variable), tf.square(gradient), beta2);
  const corrected = tf.add(
    tf.mul(mean, next / (1 - product * next)),
    tf.mul(gradient, (1 - now) / (1 - product)),
  );
  const scale = tf.sqrt(tf.div(square, 1 - beta2 ** iteration));
  const divisor = tf.add(scale, number(config, 'epsilon'));
  variable.assign(tf.sub(variable, tf.div(tf.mul(corrected, learningRate), divisor)));
}

function rmsprop({ variable, gradient, learningRate, config, slots }: Update): void {
  const rho = number(config, 'rho');
  const square = follow(slot(slots, 'velocity', variable), tf.square(gradient), rho);
  const mean = config['centered'] ? follow(slot(slots, 'mean', variable), gradient, rho) : null;
  const variance = mean ? tf.sub(square, tf.square(mean)) : square;
  const root = tf.rsqrt(tf.add(variance, number(config, 'epsilon')));
  const step = tf.mul(tf.mul(gradient, learningRate), root);
  const momentum = number(config, 'momentum');
  if (!momentum) {
    variable.assign(tf.sub(variable, step));
    return;
  }
  const moving = slot(slots, 'momentum', variable);
  moving.assign(tf.add(tf.mul(moving, momentum), step));
  variable.assign(tf.sub(variable, moving));
}

function adagrad({ variable, gradient, learningRate, config, slots }: Update): void {
  const start = number(config, 'initial_accumulator_value');
  const total = (slots['accumulator'] ??= tf.variable(tf.fill(variable.shape, start), false));
  total.assign(tf.add(total, tf.square(gradient)));
  const divisor = tf.sqrt(tf.add(total, number(config, 'epsilon')));
  variable.assign(tf.sub(variable, tf.div(tf.mul(gradient, learningRate), divisor)));
}

function adadelta({ variable, gradient, learningRate, config, slots }: Update): void {
  const [rho, epsilon] = [number(config, 'rho'), number(config, 'epsilon')];
  const square = follow(slot(slots, 'gradient', variable), tf.square(gradient), rho);
  const moved = slot(slots, 'update', variable);
  const scale = tf.div(tf.sqrt(tf.add(moved, epsilon)), tf.sqrt(tf.add(square, epsilon)));
  const step = tf.mul(scale, gradient);
  follow(moved, tf.square(step), rho);
  variable.assign(tf.sub(variable, tf.mul(step, learningRate)));
}

function number(config: Update['config'], name: string): number {
  return Number(config[name] ?? 0);
}

function slot(slots: Slots, name: string, variable: Variable): Variable {
  return (slots[name] ??= tf.variable(tf.zeros(variable.shape), false));
}

/** A moving average: average + (value - average) * (1 - decay), which is how Keras rounds it. */
function follow(average: Variable, value: Tensor, decay: number): Variable {
  average.assign(tf.add(average, tf.mul(tf.sub(value, average), 1 - decay)));
  return average;
}

function largest(seen: Variable, value: Tensor): Variable {
  seen.assign(tf.maximum(seen, value));
  return seen;
}
