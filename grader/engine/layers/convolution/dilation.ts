import { tf, type Tensor, type Tensor4D } from '../../tensorflow/tf.ts';
import {
  classNamed,
  firstShape,
  firstTensor,
  replaceClass,
  type Activation,
  type BaseLayer,
  type CallOptions,
  type Config,
  type LayerClass,
  type LayerShape,
  type LayerVariable,
} from '../class-map.ts';

export interface ConvolutionLayer extends BaseLayer {
  readonly kernelSize: number[];
  readonly strides: number[];
  readonly dilationRate: number | number[];
  readonly padding: string;
  kernel: LayerVariable;
  readonly depthwiseKernel: LayerVariable;
  readonly pointwiseKernel: LayerVariable;
  bias: LayerVariable | null;
  readonly activation: Activation | null;
}

type Convolve = (layer: ConvolutionLayer, input: Tensor) => Tensor;

/**
 * Dilated convolutions that train: TF.js has no gradient for them, and its DepthwiseConv2D leaves
 * the dilation out. TensorFlow's way: space to batch, a plain convolution, and back.
 */
export function registerDilation(): void {
  register('Conv1D', (layer, input) => dilatedConvolution(layer, input, layer.kernel.read()));
  register('Conv2D', (layer, input) => dilatedConvolution(layer, input, layer.kernel.read()));
  register('DepthwiseConv2D', depthwiseConv2d, outputOfDepthwise);
  register('SeparableConv2D', separableConv2d);
}

type OutputShape = (layer: ConvolutionLayer, shape: LayerShape) => LayerShape;

function register(className: string, convolve: Convolve, outputShape?: OutputShape): void {
  const Base: LayerClass<ConvolutionLayer> = classNamed(className);
  replaceClass(
    className,
    class extends Base {
      constructor(config: Config) {
        super(config);
        refuseStrides(this);
      }

      override call(inputs: Tensor | Tensor[], options: CallOptions): Tensor | Tensor[] {
        if (!isDilated(this)) return super.call(inputs, options);
        return tf.tidy(() => finish(this, convolve(this, firstTensor(inputs))));
      }

      override computeOutputShape(shape: LayerShape): LayerShape {
        if (!outputShape || !isDilated(this)) return super.computeOutputShape(shape);
        return outputShape(this, firstShape(shape));
      }
    },
  );
}

/** Throws where strides and dilation are both above 1, which Keras refuses as well. */
export function refuseStrides(layer: ConvolutionLayer): void {
  if (!isDilated(layer) || layer.strides.every((stride) => stride === 1)) return;
  throw new Error('a convolution cannot have strides above 1 and a dilation_rate above 1 at once');
}

export function isDilated(layer: ConvolutionLayer): boolean {
  return dilationOf(layer).some((rate) => rate > 1);
}

export function dilationOf({ dilationRate }: ConvolutionLayer): number[] {
  return Array.isArray(dilationRate) ? dilationRate : [dilationRate];
}

export function finish(layer: ConvolutionLayer, output: Tensor): Tensor {
  const biased = layer.bias ? tf.add(output, layer.bias.read()) : output;
  return layer.activation ? layer.activation.apply(biased) : biased;
}

/** The products of a dilated Conv1D or Conv2D with a kernel, without bias and activation. */
export function dilatedConvolution(layer: ConvolutionLayer, input: Tensor, kernel: Tensor): Tensor {
  if (input.rank === 4) return dilated(input, planOf(layer), (blocks) => plain(blocks, kernel));
  const [rate = 1] = dilationOf(layer);
  const [size = 1] = layer.kernelSize;
  const plan = { kernelSize: [1, size], rates: [1, rate], padding: layer.padding };
  const inRows = tf.expandDims(kernel, 0);
  const output = dilated(tf.expandDims(input, 1), plan, (blocks) => plain(blocks, inRows));
  return tf.squeeze(output, [1]);
}

function depthwiseConv2d(layer: ConvolutionLayer, input: Tensor): Tensor {
  return dilatedDepthwise(input, layer.depthwiseKernel.read(), planOf(layer));
}

/** The products of each channel with its own kernels. */
export function dilatedDepthwise(input: Tensor, kernel: Tensor, plan: Plan): Tensor {
  return dilated(input, plan, (blocks) =>
    tf.depthwiseConv2d(blocks as Tensor4D, kernel as Tensor4D, 1, 'valid'),
  );
}

function separableConv2d(layer: ConvolutionLayer, input: Tensor): Tensor {
  return plain(depthwiseConv2d(layer, input), layer.pointwiseKernel.read());
}

function plain(input: Tensor, kernel: Tensor): Tensor {
  return tf.conv2d(input as Tensor4D, kernel as Tensor4D, 1, 'valid');
}

function outputOfDepthwise(layer: ConvolutionLayer, shape: LayerShape): LayerShape {
  const [batch = null, height = null, width = null, channels = null] = shape;
  const { depthMultiplier } = layer as unknown as { depthMultiplier: number };
  const [rows = null, columns = null] = [height, width].map((size, axis) => {
    const reach = ((layer.kernelSize[axis] ?? 1) - 1) * (dilationOf(layer)[axis] ?? 1);
    return size === null || layer.padding === 'same' ? size : size - reach;
  });
  return [batch, rows, columns, channels === null ? null : channels * depthMultiplier];
}

interface Plan {
  readonly kernelSize: readonly number[];
  readonly rates: readonly number[];
  readonly padding: string;
}

function planOf(layer: ConvolutionLayer): Plan {
  return { kernelSize: layer.kernelSize, rates: dilationOf(layer), padding: layer.padding };
}

/** Runs a valid convolution of stride 1 on [batch, height, width, channels] as if dilated. */
function dilated(input: Tensor, plan: Plan, convolve: (blocks: Tensor) => Tensor): Tensor {
  const { rates, padding } = plan;
  const pads = rates.map((rate, axis) => {
    const reach = padding === 'same' ? ((plan.kernelSize[axis] ?? 1) - 1) * rate : 0;
    const before = Math.floor(reach / 2);
    const padded = (input.shape[axis + 1] ?? 0) + reach;
    return { before, after: reach - before, filling: (rate - (padded % rate)) % rate };
  });
  const paddings = pads.map(({ before, after, filling }) => [before, after + filling]);
  const crops = pads.map(({ filling }) => [0, filling]);
  const blocks = tf.spaceToBatchND(input, [...rates], paddings);
  return tf.batchToSpaceND(convolve(blocks), [...rates], crops);
}
