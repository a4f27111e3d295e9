import { tf, type Tensor, type Tensor4D } from '../../tensorflow/tf.ts';
import {
  classNamed,
  firstShape,
  firstTensor,
  replaceClass,
  type Config,
  type LayerClass,
  type LayerShape,
} from '../class-map.ts';
import { dilatedDepthwise, dilationOf, finish, isDilated, refuseStrides } from './dilation.ts';
import type { ConvolutionLayer } from './dilation.ts';

interface SeparableLayer extends ConvolutionLayer {
  readonly depthMultiplier: number;
}

/**
 * SeparableConv2D with its own pointwise initializer, where TF.js takes the depthwise one for both,
 * and its depth multiplier saved, which TF.js forgets; and SeparableConv1D, which TF.js can build but not run.
 */
export function registerSeparableConvolution(): void {
  const Base = classNamed<SeparableLayer>('SeparableConv2D');
  replaceClass(
    'SeparableConv2D',
    class SeparableConv2D extends Base {
      constructor(config: Config) {
        super(config);
        setPointwiseInitializer(this, config);
      }

      override getConfig(): Record<string, unknown> {
        return { ...super.getConfig(), depthMultiplier: this.depthMultiplier };
      }
    },
  );
  registerSeparableConv1D(ofAnyRank(Base));
}

interface Given {
  readonly className?: string;
  readonly config?: Config;
}

function setPointwiseInitializer(layer: object, config: Config): void {
  const given = config['pointwiseInitializer'] as Given | string | null | undefined;
  if (typeof given !== 'object' || !given?.className) return;
  const Initializer = classNamed<object>(given.className);
  Object.assign(layer, { pointwiseInitializer: new Initializer(given.config ?? {}) });
}

type LayerOfRank = new (rank: number, config: Config) => SeparableLayer;

/** What TF.js has SeparableConv2D extend; it is not exported. */
function ofAnyRank(Base: LayerClass<SeparableLayer>): LayerOfRank {
  let found: unknown = Base;
  while ((found as { className: string }).className !== 'SeparableConv') {
    found = Object.getPrototypeOf(found);
  }
  return found as LayerOfRank;
}

function registerSeparableConv1D(Base: LayerOfRank): void {
  replaceClass(
    'SeparableConv1D',
    class SeparableConv1D extends Base {
      private readonly causal: boolean;

      constructor(config: Config) {
        const causal = config['padding'] === 'causal';
        super(1, causal ? { ...config, padding: 'valid' } : config);
        this.causal = causal;
        setPointwiseInitializer(this, config);
        refuseStrides(this);
      }

      override call(inputs: Tensor | Tensor[]): Tensor | Tensor[] {
        const input = firstTensor(inputs);
        return tf.tidy(() =>
          finish(this, separable(this, this.causal ? ahead(this, input) : input)),
        );
      }

      override computeOutputShape(shape: LayerShape): LayerShape {
        const [batch = null, length = null, channels = null] = firstShape(shape);
        const padded = length !== null && this.causal ? length + reach(this) : length;
        return super.computeOutputShape([batch, padded, channels]);
      }

      override getConfig(): Record<string, unknown> {
        const config = { ...super.getConfig(), depthMultiplier: this.depthMultiplier };
        return this.causal ? { ...config, padding: 'causal' } : config;
      }
    },
  );
}

/** With the zeros that the first steps look back on. */
function ahead(layer: ConvolutionLayer, input: Tensor): Tensor {
  return tf.pad(input, [
    [0, 0],
    [reach(layer), 0],
    [0, 0],
  ]);
}

/** Steps that a kernel looks back. */
function reach(layer: ConvolutionLayer): number {
  return ((layer.kernelSize[0] ?? 1) - 1) * (dilationOf(layer)[0] ?? 1);
}

/** As pictures of one row, for which TensorFlow has depthwise products. */
function separable(layer: ConvolutionLayer, input: Tensor): Tensor {
  const [size = 1] = layer.kernelSize;
  const [rate = 1] = dilationOf(layer);
  const [stride = 1] = layer.strides;
  const kernel = tf.expandDims<Tensor4D>(layer.depthwiseKernel.read(), 0);
  const picture = tf.expandDims<Tensor4D>(input, 1);
  const plan = { kernelSize: [1, size], rates: [1, rate], padding: layer.padding };
  const depthwise = isDilated(layer)
    ? dilatedDepthwise(picture, kernel, plan)
    : tf.depthwiseConv2d(picture, kernel, stride, layer.padding as 'same' | 'valid');
  const pointwise = tf.expandDims<Tensor4D>(layer.pointwiseKernel.read(), 0);
  return tf.squeeze(tf.conv2d(depthwise as Tensor4D, pointwise, 1, 'valid'), [1]);
}
