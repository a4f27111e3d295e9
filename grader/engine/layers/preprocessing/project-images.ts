import { withGradient } from '../../tensorflow/custom-gradient.ts';
import { dataTypes, nativeOp } from '../../tensorflow/native-ops.ts';
import { tf, type Tensor } from '../../tensorflow/tf.ts';

export interface Sampling {
  /** What lies outside of the picture. */
  readonly fillMode: 'reflect' | 'wrap' | 'constant' | 'nearest';
  readonly fillValue: number;
  readonly interpolation: 'bilinear' | 'nearest';
}

/**
 * The six numbers of a projection, each [batch, 1]: output (x, y) samples the input at
 * (a x + b y + c, d x + e y + f).
 */
export type Projections = readonly [Tensor, Tensor, Tensor, Tensor, Tensor, Tensor];

/**
 * One projection of each picture [batch, height, width, channels], as Keras does it on TensorFlow.
 * The gradient is TensorFlow's: the inverse projection of the output's gradient.
 */
export function projectImages(
  images: Tensor,
  projections: Projections,
  sampling: Sampling,
): Tensor {
  return withGradient([images, rowsOf(projections)], ([input, rows], save) => {
    save([rows]);
    return {
      value: run(input, rows, sampling),
      gradFunc: (dy, [saved]) => [
        run(dy, inverse(saved as Tensor), { ...sampling, fillValue: 0 }),
        tf.zerosLike(saved as Tensor),
      ],
    };
  });
}

/** As TensorFlow's op takes them: [batch, 8], the last two being zero. */
function rowsOf(projections: readonly Tensor[]): Tensor {
  const nothing = tf.zerosLike(projections[0] as Tensor);
  return tf.concat([...projections, nothing, nothing], 1);
}

type Pair = readonly [Tensor, Tensor];

function inverse(rows: Tensor): Tensor {
  const [a, b, c, d, e, f] = tf.split<Tensor>(rows, 8, 1) as [...Projections, Tensor, Tensor];
  const cross = ([p, q]: Pair, [r, s]: Pair) => tf.sub(tf.mul(p, s), tf.mul(q, r));
  const determinant = cross([a, b], [d, e]);
  const shifts = { columns: cross([b, c], [e, f]), rows: cross([c, a], [f, d]) };
  const numerators = [e, tf.neg(b), shifts.columns, tf.neg(d), a, shifts.rows];
  const divided = numerators.map((numerator) => tf.div(numerator, determinant));
  return rowsOf(divided);
}

function run(images: Tensor, rows: Tensor, sampling: Sampling): Tensor {
  const [, height = 0, width = 0] = images.shape;
  const attributes = {
    dtype: { type: dataTypes.float32 },
    interpolation: { string: sampling.interpolation.toUpperCase() },
    fill_mode: { string: sampling.fillMode.toUpperCase() },
  };
  const size = tf.tensor1d([height, width], 'int32');
  const inputs = [images, rows, size, tf.scalar(sampling.fillValue)];
  return nativeOp('ImageProjectiveTransformV3', inputs, { attributes, outputs: 1 })[0] as Tensor;
}
