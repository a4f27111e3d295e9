import type { initializerTable } from '../../../recipe/initializers.ts';
import type { StoredOptions } from '../../../recipe/option.ts';
import { tf, type Tensor } from '../../tensorflow/tf.ts';
import { productOf } from '../../../sizes.ts';

type Scaling = StoredOptions<(typeof initializerTable)['VarianceScaling']['options']>;

const glorot = { scale: 1, mode: 'fan_avg' } as const;
const he = { scale: 2, mode: 'fan_in' } as const;
const leCun = { scale: 1, mode: 'fan_in' } as const;
const uniform = { distribution: 'uniform' } as const;
const normal = { distribution: 'truncated_normal' } as const;

/** Initializers that are a scaling by another name. */
export const scalings = {
  GlorotUniform: { ...glorot, ...uniform },
  GlorotNormal: { ...glorot, ...normal },
  HeUniform: { ...he, ...uniform },
  HeNormal: { ...he, ...normal },
  LeCunUniform: { ...leCun, ...uniform },
  LeCunNormal: { ...leCun, ...normal },
} satisfies Readonly<Record<string, Omit<Scaling, 'seed'>>>;

/** Standard deviation of a standard normal distribution that is cut off at 2. */
const deviationWhenCut = 0.8796256610342398;

/** As in Keras, what is cut off at two deviations has the wanted deviation afterwards. */
export function scaled({ scale, mode, distribution, seed }: Scaling, shape: number[]): Tensor {
  const given = seed ?? undefined;
  const variance = scale / Math.max(1, fanOf(mode, shape));
  const deviation = Math.sqrt(variance);
  switch (distribution) {
    case 'uniform': {
      const limit = Math.sqrt(3 * variance);
      return tf.randomUniform(shape, -limit, limit, 'float32', given);
    }
    case 'untruncated_normal':
      return tf.randomNormal(shape, 0, deviation, 'float32', given);
    case 'truncated_normal':
      return tf.truncatedNormal(shape, 0, deviation / deviationWhenCut, 'float32', given);
  }
}

/** Inputs of one output, outputs of one input, or their mean. */
function fanOf(mode: Scaling['mode'], shape: readonly number[]): number {
  const [fanIn, fanOut] = fans(shape);
  if (mode === 'fan_in') return fanIn;
  return mode === 'fan_out' ? fanOut : (fanIn + fanOut) / 2;
}

function fans(shape: readonly number[]): readonly [number, number] {
  const [first = 1] = shape;
  if (shape.length < 2) return [first, first];
  const field = productOf(shape.slice(0, -2));
  return [field * (shape.at(-2) ?? 1), field * (shape.at(-1) ?? 1)];
}
