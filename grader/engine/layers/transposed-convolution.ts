import { tf, type Tensor, type Tensor4D } from '../tf.ts';
import {
  classNamed,
  firstShape,
  firstTensor,
  replaceClass,
  type Config,
  type LayerShape,
} from './class-map.ts';
import { dilationOf, finish, isDilated, refuseStrides, type ConvolutionLayer } from './dilation.ts';

interface TransposedLayer extends ConvolutionLayer {
  readonly filters: number;
  readonly outputPadding: readonly number[] | null;
}

/** Conv2DTranspose with `dilation_rate` and `output_padding`, both of which TF.js leaves out. */
export function registerTransposedConvolution(): void {
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
