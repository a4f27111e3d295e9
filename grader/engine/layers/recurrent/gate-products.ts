import { tf, type Tensor } from '../../tensorflow/tf.ts';
import { dropoutMask } from '../regularization/dropout.ts';
import type { Run } from './run.ts';

/** One mask for all steps, as Keras draws them: [gates or 1, batch, features] and [gates, batch, units]. */
export function dropoutMasks({ options, given: { input, training, draws } }: Run, gates: number) {
  const { dropout, recurrentDropout, units, implementation } = options;
  if (!training) return { input: null, state: null };
  const [batch = 0, , features = 0] = input.shape;
  const isPerGate = implementation === 1 || recurrentDropout > 0;
  const draw = (shape: number[], rate: number, stream: number) =>
    rate > 0 ? dropoutMask(draws, { shape, rate, stream }) : null;
  return {
    input: draw([isPerGate ? gates : 1, batch, features], dropout, 0),
    state: draw([gates, batch, units], recurrentDropout, 1),
  };
}

interface Projection {
  readonly kernel: Tensor;
  readonly bias: Tensor | null;
  readonly gates: number;
  readonly drop: Tensor | null;
}

/** The inputs' part of every gate for all steps at once: [time, batch, gates * units]. */
export function project(steps: Tensor, { kernel, bias, gates, drop }: Projection): Tensor {
  const drops = drop ? tf.split(drop, drop.shape[0], 0) : [];
  const kernels = drops.length > 1 ? tf.split(kernel, gates, 1) : [kernel];
  const parts = kernels.map((part, gate) => {
    const mask = drops[gate];
    return product(mask ? tf.mul(steps, mask) : steps, part);
  });
  const projected = parts.length === 1 ? (parts[0] as Tensor) : tf.concat(parts, 2);
  return bias ? tf.add(projected, bias) : projected;
}

function product(steps: Tensor, kernel: Tensor): Tensor {
  const [time = 0, batch = 0, features = 0] = steps.shape;
  const flat = tf.reshape(steps, [time * batch, features]);
  return tf.reshape(tf.matMul(flat, kernel), [time, batch, kernel.shape[1] ?? 0]);
}

/** Recurrent kernel [units, gates * units] → [gates, units, units]. */
export function kernelByGate(kernel: Tensor): Tensor {
  const [units = 0, width = 0] = kernel.shape;
  return tf.transpose(tf.reshape(kernel, [units, width / units, units]), [1, 0, 2]);
}

/** State times recurrent kernel for all gates; with `drop`, the kernel is one by gate. */
export function recurrentProduct(state: Tensor, kernel: Tensor, drop: Tensor | undefined): Tensor {
  if (!drop) return tf.matMul(state, kernel);
  return tf.concat(tf.unstack(tf.matMul(tf.mul(state, drop), kernel)), 1);
}
