import { tf, type Tensor, type Tensor4D } from '../../tensorflow/tf.ts';
import {
  classNamed,
  firstShape,
  firstTensor,
  replaceClass,
  type Config,
  type LayerShape,
  type LayerVariable,
} from '../class-map.ts';
import { dilationOf, finish, isDilated, refuseStrides, type ConvolutionLayer } from './dilation.ts';

interface TransposedLayer extends ConvolutionLayer {
  readonly filters: number;
  readonly outputPadding: readonly number[] | null;
  readonly useBias: boolean;
  readonly kernelInitializer: unknown;
  readonly kernelRegularizer: unknown;
  readonly kernelConstraint: unknown;
  readonly biasInitializer: unknown;
  readonly biasRegularizer: unknown;
  readonly biasConstraint: unknown;
}

/**
 * Conv2DTranspose with `dilation_rate` and `output_padding`, both of which TF.js leaves out; and
 * Conv1DTranspose, which it lacks, as the same on pictures of one row.
 */
export function registerTransposedConvolution(): void {
  registerTransposed2D();
  registerTransposed1D();
}

function registerTransposed2D(): void {
  const Base = classNamed<TransposedLayer>('Conv2DTranspose');
  replaceClass(
    'Conv2DTranspose',
    class Conv2DTranspose extends Base {
      override readonly outputPadding: readonly number[] | null;

      constructor(config: Config) {
        super(config);
        const given = config['outputPadding'] as number | readonly number[] | null | undefined;
        this.outputPadding = typeof given === 'number' ? [given, given] : (given ?? null);
        refuseStrides(this);
      }

      override call(inputs: Tensor | Tensor[]): Tensor | Tensor[] {
        return tf.tidy(() => finish(this, transposed(this, firstTensor(inputs) as Tensor4D)));
      }

      override computeOutputShape(shape: LayerShape): LayerShape {
        const [batch = null, ...sizes] = firstShape(shape);
        const lengths = [0, 1].map((axis) => outputLength(this, axis, sizes[axis] ?? null));
        return [batch, ...lengths, this.filters];
      }

      override getConfig(): Record<string, unknown> {
        const { dilationRate, outputPadding } = this;
        return { ...super.getConfig(), dilationRate, outputPadding };
      }
    },
  );
}

function registerTransposed1D(): void {
  const Base = classNamed<TransposedLayer>('Conv1D');
  replaceClass(
    'Conv1DTranspose',
    class Conv1DTranspose extends Base {
      override readonly outputPadding: readonly number[] | null;

      constructor(config: Config) {
        super(config);
        const given = config['outputPadding'] as number | readonly number[] | null | undefined;
        this.outputPadding = typeof given === 'number' ? [given] : (given ?? null);
        refuseStrides(this);
      }

      override build(shape: LayerShape): void {
        const channels = firstShape(shape).at(-1);
        if (!channels) throw new Error('Conv1DTranspose needs to know the channels of its input');
        this.kernel = addKernel(this, channels);
        if (this.useBias) this.bias = addBias(this);
        this.built = true;
      }

      override call(inputs: Tensor | Tensor[]): Tensor | Tensor[] {
        return tf.tidy(() => {
          const rows = tf.expandDims<Tensor4D>(firstTensor(inputs), 1);
          return finish(this, tf.squeeze(transposed(inRows(this), rows), [1]));
        });
      }

      override computeOutputShape(shape: LayerShape): LayerShape {
        const [batch = null, length = null] = firstShape(shape);
        return [batch, outputLength(this, 0, length), this.filters];
      }

      override getConfig(): Record<string, unknown> {
        return { ...super.getConfig(), outputPadding: this.outputPadding };
      }
    },
  );
}

/** The output's channels stand before the input's. */
function addKernel(layer: TransposedLayer, channels: number): LayerVariable {
  const { kernelInitializer, kernelRegularizer, kernelConstraint } = layer;
  const shape = [...layer.kernelSize, layer.filters, channels];
  const rules = [kernelInitializer, kernelRegularizer, true, kernelConstraint];
  return layer.addWeight('kernel', shape, 'float32', ...rules);
}

function addBias(layer: TransposedLayer): LayerVariable {
  const { biasInitializer, biasRegularizer, biasConstraint } = layer;
  const rules = [biasInitializer, biasRegularizer, true, biasConstraint];
  return layer.addWeight('bias', [layer.filters], 'float32', ...rules);
}

/** The same layer as it works on pictures of one row. */
function inRows(layer: TransposedLayer): TransposedLayer {
  const ofRow = (numbers: readonly number[]) => [1, ...numbers];
  return {
    ...{ filters: layer.filters, padding: layer.padding, kernelSize: ofRow(layer.kernelSize) },
    ...{ strides: ofRow(layer.strides), dilationRate: ofRow(dilationOf(layer)) },
    outputPadding: layer.outputPadding && [0, ...layer.outputPadding],
    kernel: { read: () => tf.expandDims(layer.kernel.read(), 0) },
  } as unknown as TransposedLayer;
}

function outputLength(layer: TransposedLayer, axis: number, size: number | null): number | null {
  if (size === null) return null;
  const stride = layer.strides[axis] ?? 1;
  const reach = ((layer.kernelSize[axis] ?? 1) - 1) * (dilationOf(layer)[axis] ?? 1) + 1;
  const isSame = layer.padding === 'same';
  const extra = layer.outputPadding?.[axis];
  if (extra === undefined) return size * stride + (isSame ? 0 : Math.max(reach - stride, 0));
  return (size - 1) * stride + reach - (isSame ? 2 * Math.floor(reach / 2) : 0) + extra;
}

function transposed(layer: TransposedLayer, input: Tensor4D): Tensor {
  const [batch] = input.shape;
  const length = (axis: number) => outputLength(layer, axis, input.shape[axis + 1] ?? 0) ?? 0;
  const shape: [number, number, number, number] = [batch, length(0), length(1), layer.filters];
  const kernel = layer.kernel.read() as Tensor4D;
  if (isDilated(layer)) return dilatedTransposed(layer, { input, kernel, shape });
  const strides = layer.strides as [number, number];
  return tf.conv2dTranspose(input, kernel, shape, strides, layer.padding as 'same' | 'valid');
}

interface Arrays {
  readonly input: Tensor4D;
  readonly kernel: Tensor4D;
  readonly shape: readonly number[];
}

/** Of stride 1: space to batch, every product with the kernel, and back to the wanted part. */
function dilatedTransposed(layer: TransposedLayer, { input, kernel, shape }: Arrays): Tensor {
  const rates = dilationOf(layer);
  const sizes = input.shape.slice(1, 3);
  const fillings = rates.map((rate, axis) => (rate - ((sizes[axis] ?? 0) % rate)) % rate);
  const blocks = tf.spaceToBatchND(
    input,
    rates,
    fillings.map((filling) => [0, filling]),
  );
  const [batch, height, width] = blocks.shape;
  const [rows = 1, columns = 1] = layer.kernelSize;
  const full: [number, number, number, number] = [
    batch,
    height + rows - 1,
    width + columns - 1,
    layer.filters,
  ];
  const products = tf.conv2dTranspose(blocks, kernel, full, 1, 'valid');
  const crops = rates.map((rate, axis) => {
    const reach = ((layer.kernelSize[axis] ?? 1) - 1) * rate;
    const before = layer.padding === 'same' ? Math.floor(reach / 2) : 0;
    const whole = (sizes[axis] ?? 0) + reach + (fillings[axis] ?? 0);
    return [before, whole - before - (shape[axis + 1] ?? 0)];
  });
  return tf.batchToSpaceND(products, rates, crops);
}
