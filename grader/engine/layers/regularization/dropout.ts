import { tf, type Tensor } from '../../tensorflow/tf.ts';
import { layer, passesMask, type Draws, type Given } from '../definition.ts';

export const dropout = layer('Dropout', {
  call: ({ rate, noiseShape }, _weights, given) =>
    dropped(given, rate, shapeOfNoise(given.input, noiseShape)),
  mask: passesMask,
});

/** Drops whole channels of a sequence. */
export const spatialDropout1d = layer('SpatialDropout1D', {
  rank: 3,
  call: ({ rate }, _weights, given) => dropped(given, rate, given.input.shape.with(1, 1)),
  mask: passesMask,
});

/** Drops whole channels of pictures. */
export const spatialDropout2d = layer('SpatialDropout2D', {
  rank: 4,
  call: ({ rate }, _weights, given) =>
    dropped(given, rate, given.input.shape.with(1, 1).with(2, 1)),
  mask: passesMask,
});

/** One number for each place, but where the options share one along an axis. */
export function shapeOfNoise(
  { shape }: Tensor,
  noiseShape: readonly (number | null)[] | null,
): readonly number[] {
  return shape.map((size, axis) => noiseShape?.[axis] ?? size);
}

function dropped({ input, training, draws }: Given, rate: number, shape: readonly number[]) {
  if (!training || rate <= 0) return input;
  return tf.mul(input, dropoutMask(draws, { shape, rate, stream: 0 }));
}

interface Drop {
  readonly shape: readonly number[];
  /** Share that is dropped, 0 to 1. */
  readonly rate: number;
  readonly stream: number;
}

/** Zero where something is dropped, and elsewhere what keeps the mean: 1 / (1 - rate). */
export function dropoutMask(draws: Draws, { shape, rate, stream }: Drop): Tensor {
  const kept = tf.greaterEqual(draws.uniform(shape, stream), rate);
  return tf.mul(tf.cast(kept, 'float32'), rate < 1 ? 1 / (1 - rate) : 0);
}
