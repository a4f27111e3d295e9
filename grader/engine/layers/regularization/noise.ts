import { normal, uniform } from '../../tensorflow/randomness.ts';
import { tf, type Tensor } from '../../tensorflow/tf.ts';
import {
  classNamed,
  firstTensor,
  replaceClass,
  type BaseLayer,
  type CallOptions,
  type Config,
} from '../class-map.ts';

interface NoiseLayer extends BaseLayer {
  readonly rate: number;
  readonly stddev: number;
  readonly noiseShape?: readonly (number | null)[] | null;
}

type Noise = (layer: NoiseLayer, input: Tensor) => Tensor;

/** GaussianNoise, GaussianDropout and AlphaDropout, drawn like Dropout. */
export function registerNoise(): void {
  registerNoiseLayer('GaussianNoise', gaussianNoise);
  registerNoiseLayer('GaussianDropout', gaussianDropout);
  registerNoiseLayer('AlphaDropout', alphaDropout);
}

function registerNoiseLayer(className: string, noise: Noise): void {
  const Base = classNamed<NoiseLayer>(className);
  replaceClass(
    className,
    class extends Base {
      readonly seed: unknown;

      constructor(config: Config) {
        super(config);
        this.seed = config['seed'];
      }

      override call(inputs: Tensor | Tensor[], options: CallOptions): Tensor | Tensor[] {
        const input = firstTensor(inputs);
        if (options['training'] !== true) return input;
        return tf.tidy(() => noise(this, input));
      }

      override getConfig(): Record<string, unknown> {
        const { noiseShape } = this;
        const config = { ...super.getConfig(), ...(noiseShape ? { noiseShape } : {}) };
        return Number.isInteger(this.seed) ? { ...config, seed: this.seed } : config;
      }
    },
  );
}

function gaussianNoise(layer: NoiseLayer, input: Tensor): Tensor {
  if (layer.stddev === 0) return input;
  return tf.add(input, tf.mul(normal(layer, input.shape), layer.stddev));
}

function gaussianDropout(layer: NoiseLayer, input: Tensor): Tensor {
  if (layer.rate === 0) return input;
  const deviation = Math.sqrt(layer.rate / (1 - layer.rate));
  return tf.mul(input, tf.add(tf.mul(normal(layer, input.shape), deviation), 1));
}

/** SELU's limit on the left: -scale * alpha, of "Self-Normalizing Neural Networks" (2017). */
const saturation = -1.0507009873554805 * 1.6732632423543772;

/** What is dropped becomes SELU's limit; an affine map then restores mean and variance. */
function alphaDropout(layer: NoiseLayer, input: Tensor): Tensor {
  const { rate } = layer;
  if (rate === 0) return input;
  const shape = input.shape.map((size, axis) => layer.noiseShape?.[axis] ?? size);
  const kept = tf.cast(tf.greaterEqual(uniform(layer, shape), rate), 'float32');
  const factor = ((1 - rate) * (1 + rate * saturation ** 2)) ** -0.5;
  const dropped = tf.mul(tf.sub(1, kept), saturation);
  const mixed = tf.add(tf.mul(input, kept), dropped);
  return tf.add(tf.mul(mixed, factor), -factor * saturation * rate);
}
