import { gather } from '../tensorflow/native-ops.ts';
import { tf, type Tensor } from '../tensorflow/tf.ts';

/** Where each output pixel samples the picture, in pixels: two tensors [batch, height, width]. */
interface SamplingPoints {
  readonly x: Tensor;
  readonly y: Tensor;
}

/**
 * Pixels. The points are float32 where SciPy's are float64: a point this close to the border counts
 * as on it, on whichever side rounding puts it.
 */
const borderWidth = 2.5e-4;

/**
 * Not as matrix products, which a GPU may round to ten bits. `projections` is [batch, 8], of which
 * six numbers count; the size is that of the input and the output.
 */
export function samplingPoints(
  projections: Tensor,
  { height, width }: { height: number; width: number },
): SamplingPoints {
  const column = tf.reshape(tf.range(0, width), [1, 1, width]);
  const row = tf.reshape(tf.range(0, height), [1, height, 1]);
  const factor = (index: number) =>
    tf.reshape(tf.slice(projections, [0, index], [-1, 1]), [-1, 1, 1]);
  const along = (first: number) =>
    tf.add(
      tf.add(tf.mul(factor(first), column), tf.mul(factor(first + 1), row)),
      factor(first + 2),
    );
  return { x: along(0), y: along(3) };
}

/** 1 where a point lies on the picture, its border included, and 0 elsewhere. */
export function onPicture({ x, y }: SamplingPoints, images: Tensor): Tensor {
  const [, height, width] = images.shape as [number, number, number];
  const inside = (points: Tensor, length: number) =>
    tf.logicalAnd(
      tf.greaterEqual(points, -borderWidth),
      tf.lessEqual(points, length - 1 + borderWidth),
    );
  return tf.cast(tf.logicalAnd(inside(x, width), inside(y, height)), 'float32');
}

/** Bilinear samples where the picture repeats with a period of one pixel less, SciPy's `wrap`. */
export function sampleWrapped(images: Tensor, { x, y }: SamplingPoints): Tensor {
  const [batch, height, width, channels] = images.shape as [number, number, number, number];
  const [left, right, alongX] = neighbours(wrapped(x, width), width);
  const [top, bottom, alongY] = neighbours(wrapped(y, height), height);
  const pixels = tf.reshape(images, [batch * height * width, channels]);
  const start = tf.reshape(tf.mul(tf.range(0, batch), height * width), [batch, 1, 1]);
  const at = (row: Tensor, column: Tensor) =>
    gather(pixels, tf.cast(tf.add(start, tf.add(tf.mul(row, width), column)), 'int32'), {
      ...{ axis: 0, batchDims: 0 },
    });
  const upper = blend(at(top, left), at(top, right), alongX);
  const lower = blend(at(bottom, left), at(bottom, right), alongX);
  return blend(upper, lower, alongY);
}

function wrapped(points: Tensor, length: number): Tensor {
  const period = Math.max(length - 1, 1);
  const periods = (value: Tensor) => tf.mul(tf.floor(tf.div(value, period)), period);
  const fromLeft = tf.add(points, tf.add(periods(tf.neg(points)), period));
  const fromRight = tf.sub(points, periods(points));
  const below = tf.less(points, -borderWidth);
  const above = tf.greater(points, length - 1 + borderWidth);
  const inside = tf.where(below, fromLeft, tf.where(above, fromRight, points));
  return tf.clipByValue(inside, 0, length - 1);
}

/** The pixels before and after each point, and how far it is from the first to the second. */
function neighbours(points: Tensor, length: number): [Tensor, Tensor, Tensor] {
  const before = tf.floor(points);
  const after = tf.minimum(tf.add(before, 1), length - 1);
  return [before, after, tf.expandDims(tf.sub(points, before), -1)];
}

function blend(first: Tensor, second: Tensor, share: Tensor): Tensor {
  return tf.add(tf.mul(first, tf.sub(1, share)), tf.mul(second, share));
}
