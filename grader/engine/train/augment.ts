import type { Augmentation, ShiftRange } from '../../contract.ts';
import type { Random } from '../../random.ts';
import { dataTypes, nativeOp } from '../tensorflow/native-ops.ts';
import { tf, type Tensor } from '../tensorflow/tf.ts';
import { brightened, shiftChannels, standardized } from './colours.ts';
import { onPicture, sampleWrapped, samplingPoints } from './sampling.ts';

/** How Keras's ImageDataGenerator moves one image. */
interface Motion {
  /** Degrees. */
  readonly theta: number;
  /** Pixels, as Keras draws them from the height and the width range. */
  readonly tx: number;
  readonly ty: number;
  /** Degrees. */
  readonly shear: number;
  readonly zx: number;
  readonly zy: number;
  readonly flipHorizontal: boolean;
  readonly flipVertical: boolean;
}

/** All that it draws for one image. */
interface Transform extends Motion {
  /** Added to the channels, and the factor of the pixels: 0 and 1 where nothing is drawn. */
  readonly channelShift: number;
  readonly brightness: number;
}

/** [a, b, c, d, e, f]: output (x, y) samples input (a x + b y + c, d x + e y + f). */
type Projection = readonly [number, number, number, number, number, number];

/**
 * Draws in the order of Keras's `ImageDataGenerator` (keras/src/legacy/preprocessing/image.py), so
 * that the meaning of every range is Keras's.
 */
export function drawTransform(
  options: Augmentation,
  size: { height: number; width: number },
  random: Random,
): Transform {
  const between = (low: number, high: number) => low + (high - low) * random();
  const shift = (range: ShiftRange, length: number) => drawShift(range, length, random);
  const [low, high] = options.zoom_range;
  const { channel_shift_range: channels, brightness_range: brightness } = options;
  return {
    theta: between(-options.rotation_range, options.rotation_range),
    tx: shift(options.height_shift_range, size.height),
    ty: shift(options.width_shift_range, size.width),
    shear: between(-options.shear_range, options.shear_range),
    zx: low === 1 && high === 1 ? 1 : between(low, high),
    zy: low === 1 && high === 1 ? 1 : between(low, high),
    flipHorizontal: options.horizontal_flip && random() < 0.5,
    flipVertical: options.vertical_flip && random() < 0.5,
    channelShift: channels === 0 ? 0 : between(-channels, channels),
    brightness: brightness ? between(...brightness) : 1,
  };
}

/** NumPy's choice of a whole number N takes one below N; a share or pixels are drawn evenly. */
function drawShift(range: ShiftRange, length: number, random: Random): number {
  const unit = Math.max(...[range].flat()) < 1 ? length : 1;
  if (typeof range === 'number' && !Number.isInteger(range)) {
    return (2 * random() - 1) * range * unit;
  }
  const choices = typeof range === 'number' ? range : range.length;
  if (choices === 0) return 0;
  const chosen = Math.floor(random() * choices);
  const pixels = typeof range === 'number' ? chosen : (range[chosen] ?? 0);
  return pixels * (random() < 0.5 ? -1 : 1) * unit;
}

/**
 * Keras's matrix, rotation * shift * shear * zoom about a centre, works on (column, row), as
 * TensorFlow's op does. Two oddities of Keras are kept: `tx`, drawn from the height range, moves
 * columns, and the centre is (height / 2 - 0.5, width / 2 - 0.5), in that order.
 */
export function projection(
  transform: Motion,
  { height, width }: { height: number; width: number },
): Projection {
  const theta = (transform.theta * Math.PI) / 180;
  const shear = (transform.shear * Math.PI) / 180;
  const { tx, ty, zx, zy } = transform;
  const [cos, sin] = [Math.cos(theta), Math.sin(theta)];
  const a = cos * zx;
  const b = -(cos * Math.sin(shear) + sin * Math.cos(shear)) * zy;
  const d = sin * zx;
  const e = (cos * Math.cos(shear) - sin * Math.sin(shear)) * zy;
  const [first, second] = [height / 2 - 0.5, width / 2 - 0.5];
  const c = cos * tx - sin * ty + first - a * first - b * second;
  const f = sin * tx + cos * ty + second - d * first - e * second;
  return flipped([a, b, c, d, e, f], transform, { height, width });
}

/** Keras flips the transformed image: output column x then samples where width - 1 - x did. */
function flipped(
  [a, b, c, d, e, f]: Projection,
  { flipHorizontal, flipVertical }: Motion,
  { height, width }: { height: number; width: number },
): Projection {
  const [sx, ox] = flipHorizontal ? [-1, width - 1] : [1, 0];
  const [sy, oy] = flipVertical ? [-1, height - 1] : [1, 0];
  return [a * sx, b * sy, a * ox + b * oy + c, d * sx, e * sy, d * ox + e * oy + f];
}

/** Numbers that are drawn for each image: those of TensorFlow's op, then shift and brightness where used. */
export function drawnNumbers(options: Augmentation): 8 | 10 {
  return options.channel_shift_range === 0 && !options.brightness_range ? 8 : 10;
}

/** Images [batch, height, width, channels] as Keras's generator gives them for drawn [batch, 8 or 10]. */
export function augmentImages(images: Tensor, drawn: Tensor, options: Augmentation): Tensor {
  return tf.tidy(() => {
    if (drawnNumbers(options) === 8)
      return standardized(moveImages(images, drawn, options), options);
    const [projections, shift, brightness] = tf.split(drawn, [8, 1, 1], 1) as [
      Tensor,
      Tensor,
      Tensor,
    ];
    const moved = moveImages(images, projections, options);
    const shifted = options.channel_shift_range === 0 ? moved : shiftChannels(moved, shift);
    return standardized(
      options.brightness_range ? brightened(shifted, brightness) : shifted,
      options,
    );
  });
}

type Fill = Pick<Augmentation, 'fill_mode' | 'cval'>;

/**
 * Applies one projection to each image [batch, height, width, channels] by bilinear sampling, and
 * fills what lies outside as SciPy does in Keras. `projections` is [batch, 8], of which the last
 * two columns are 0.
 */
export function moveImages(images: Tensor, projections: Tensor, fill: Fill): Tensor {
  return tf.tidy(() => {
    const [, height, width] = images.shape as [number, number, number];
    if (fill.fill_mode === 'wrap') {
      return sampleWrapped(images, samplingPoints(projections, { height, width }));
    }
    if (fill.fill_mode !== 'constant') return transformed(images, projections, fill.fill_mode);
    // TensorFlow's own constant mode blends into the border; SciPy cuts off there.
    const inside = tf.expandDims(
      onPicture(samplingPoints(projections, { height, width }), images),
      -1,
    );
    const sampled = tf.mul(transformed(images, projections, 'nearest'), inside);
    return tf.add(sampled, tf.mul(tf.sub(1, inside), fill.cval));
  });
}

function transformed(images: Tensor, projections: Tensor, fill: 'nearest' | 'reflect'): Tensor {
  const [, height, width] = images.shape as [number, number, number];
  const size = tf.tensor1d([height, width], 'int32');
  const attributes = {
    dtype: { type: dataTypes.float32 },
    interpolation: { string: 'BILINEAR' },
    fill_mode: { string: fill.toUpperCase() },
  };
  const inputs = [images, projections, size, tf.scalar(0)];
  const outputs = nativeOp('ImageProjectiveTransformV3', inputs, { attributes, outputs: 1 });
  return outputs[0] as Tensor;
}
