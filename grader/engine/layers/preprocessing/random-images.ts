import { uniform } from '../../tensorflow/randomness.ts';
import { tf, type Tensor } from '../../tensorflow/tf.ts';
import {
  floatInput,
  layerBase,
  replaceClass,
  type BaseLayer,
  type CallOptions,
  type Config,
} from '../class-map.ts';
import { projectImages, type Projections, type Sampling } from './project-images.ts';

interface RandomImages extends BaseLayer {
  readonly settings: Config;
}

type Change = (layer: RandomImages, images: Tensor) => Tensor;

/**
 * Keras's random layers for pictures: each picture of a training batch is changed by itself, with
 * numbers from the layer's seed and the step; in prediction nothing happens.
 */
export function registerRandomImages(): void {
  const sampled = ['fillMode', 'fillValue', 'interpolation'];
  register('RandomFlip', ['mode'], flip);
  register('RandomRotation', ['factor', ...sampled], rotate);
  register('RandomZoom', ['heightFactor', 'widthFactor', ...sampled], zoom);
  register('RandomTranslation', ['heightFactor', 'widthFactor', ...sampled], translate);
  register('RandomContrast', ['factor', 'valueRange'], changeContrast);
  register('RandomBrightness', ['factor', 'valueRange'], changeBrightness);
}

function register(className: string, options: readonly string[], change: Change): void {
  replaceClass(
    className,
    class extends layerBase {
      readonly seed: unknown;
      readonly settings: Config;
      readonly inputSpec = [{ ndim: 4 }];

      constructor(config: Config) {
        super(config);
        this.seed = config['seed'] ?? null;
        this.settings = Object.fromEntries(options.map((name) => [name, config[name] ?? null]));
      }

      override call(inputs: Tensor | Tensor[], options: CallOptions): Tensor | Tensor[] {
        return tf.tidy(() => {
          const images = floatInput(inputs);
          return options['training'] === true ? change(this, images) : images;
        });
      }

      override getConfig(): Record<string, unknown> {
        return { ...super.getConfig(), ...this.settings, seed: this.seed };
      }
    },
  );
}

/** In both directions at once where the mode has both: Keras draws once for the two. */
function flip(layer: RandomImages, images: Tensor): Tensor {
  const [batch = 0, ...sizes] = images.shape;
  const axes = { horizontal: [2], vertical: [1] }[layer.settings['mode'] as string] ?? [1, 2];
  const draws = tf.tile(uniform(layer, [batch, 1, 1, 1]), [1, ...sizes]);
  return tf.where(tf.lessEqual(draws, 0.5), tf.reverse(images, axes), images);
}

function rotate(layer: RandomImages, images: Tensor): Tensor {
  const angle = tf.mul(drawn(layer, images, { bounds: boundsOf(layer, 'factor') }), 2 * Math.PI);
  const [cos, sin] = [tf.cos(angle), tf.sin(angle)];
  const { x, y } = middleOf(images);
  const columns = tf.sub(x, tf.sub(tf.mul(cos, x), tf.mul(sin, y)));
  const rows = tf.sub(y, tf.add(tf.mul(sin, x), tf.mul(cos, y)));
  return projected(layer, images, [cos, tf.neg(sin), columns, sin, cos, rows]);
}

/** Without a factor for the width, both directions have the height's. */
function zoom(layer: RandomImages, images: Tensor): Tensor {
  const factor = (name: string, stream: number) =>
    tf.add(drawn(layer, images, { bounds: boundsOf(layer, name), stream }), 1);
  const height = factor('heightFactor', 0);
  const width = layer.settings['widthFactor'] === null ? height : factor('widthFactor', 1);
  const { x, y } = middleOf(images);
  const nothing = tf.zerosLike(height);
  const columns = tf.mul(tf.sub(1, width), x);
  const rows = tf.mul(tf.sub(1, height), y);
  return projected(layer, images, [width, nothing, columns, nothing, height, rows]);
}

function translate(layer: RandomImages, images: Tensor): Tensor {
  const [, height = 0, width = 0] = images.shape;
  const shift = (name: string, length: number, stream: number) =>
    tf.mul(drawn(layer, images, { bounds: boundsOf(layer, name), stream }), -length);
  const rows = shift('heightFactor', height, 0);
  const columns = shift('widthFactor', width, 1);
  const [one, nothing] = [tf.onesLike(rows), tf.zerosLike(rows)];
  return projected(layer, images, [one, nothing, columns, nothing, one, rows]);
}

/** From one number Keras makes the bounds 1 and 1 + factor. */
function changeContrast(layer: RandomImages, images: Tensor): Tensor {
  const [low, high] = boundsOf(layer, 'factor');
  const isOneNumber = typeof layer.settings['factor'] === 'number';
  const bounds = [isOneNumber ? 1 : 1 - low, 1 + high] as const;
  const factor = tf.reshape(drawn(layer, images, { bounds }), [-1, 1, 1, 1]);
  const mean = tf.mean(images, [1, 2], true);
  return withinRange(layer, tf.add(tf.mul(tf.sub(images, mean), factor), mean));
}

function changeBrightness(layer: RandomImages, images: Tensor): Tensor {
  const [low, high] = rangeOf(layer);
  const share = drawn(layer, images, { bounds: boundsOf(layer, 'factor') });
  return withinRange(layer, tf.add(images, tf.reshape(tf.mul(share, high - low), [-1, 1, 1, 1])));
}

type Bounds = readonly [number, number];

/** A factor is its two bounds, or one number for as much in both directions. */
function boundsOf(layer: RandomImages, name: string): Bounds {
  const factor = layer.settings[name] as number | Bounds;
  if (typeof factor === 'number') return [-Math.abs(factor), Math.abs(factor)];
  return [Math.min(...factor), Math.max(...factor)];
}

/** One number for each picture, [batch, 1]. */
function drawn(
  layer: RandomImages,
  { shape: [batch = 0] }: Tensor,
  { bounds: [low, high], stream = 0 }: { bounds: Bounds; stream?: number },
): Tensor {
  return tf.add(tf.mul(uniform(layer, [batch, 1], stream), high - low), low);
}

function middleOf({ shape }: Tensor): { readonly x: number; readonly y: number } {
  return { x: ((shape[2] ?? 1) - 1) / 2, y: ((shape[1] ?? 1) - 1) / 2 };
}

function projected(layer: RandomImages, images: Tensor, projections: Projections): Tensor {
  const { fillMode, fillValue, interpolation } = layer.settings;
  return projectImages(images, projections, {
    fillMode: (fillMode ?? 'reflect') as Sampling['fillMode'],
    fillValue: (fillValue ?? 0) as number,
    interpolation: (interpolation ?? 'bilinear') as Sampling['interpolation'],
  });
}

function rangeOf(layer: RandomImages): Bounds {
  return (layer.settings['valueRange'] ?? [0, 255]) as Bounds;
}

function withinRange(layer: RandomImages, images: Tensor): Tensor {
  return tf.clipByValue(images, ...rangeOf(layer));
}
