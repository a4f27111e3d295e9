import type { StoredLayerOptions } from '../../../recipe/layers.ts';
import { productOf } from '../../../sizes.ts';
import { tf, type Tensor, type Tensor4D } from '../../tensorflow/tf.ts';
import { layer } from '../definition.ts';
import { channelsOf, valuesOf, type Shapes } from '../shapes.ts';
import { biasSpec, kernelSpec } from '../weight-specs.ts';
import { inRows, isDilated, refuseStrides, type Sizes, type Window } from './dilation.ts';
import { finish } from './window-shape.ts';

type Options = StoredLayerOptions<'Conv1DTranspose'> | StoredLayerOptions<'Conv2DTranspose'>;

/** The same as in two dimensions, on pictures of one row. */
export const conv1dTranspose = layer('Conv1DTranspose', {
  rank: 3,
  check: (options) => {
    refuseStrides(options);
  },
  weights,
  shape: (options, [[batch = null, length = null]]) => [
    batch,
    outputLength(options, 0, length),
    options.filters,
  ],
  cost,
  call(options, { kernel, bias }, { input }) {
    const { filters, activation, outputPadding } = options;
    const extra = outputPadding && ([0, outputPadding[0]] as const);
    const window = { ...inRows(options), filters, outputPadding: extra };
    const rows = tf.expandDims<Tensor4D>(input, 1);
    const output = transposed(window, rows, tf.expandDims<Tensor4D>(kernel, 0));
    return finish(tf.squeeze(output, [1]), { bias, activation });
  },
});

export const conv2dTranspose = layer('Conv2DTranspose', {
  rank: 4,
  check: (options) => {
    refuseStrides(options);
  },
  weights,
  shape: (options, [[batch = null, height = null, width = null]]) => [
    ...[batch, outputLength(options, 0, height), outputLength(options, 1, width)],
    options.filters,
  ],
  cost,
  call: (options, { kernel, bias }, { input }) =>
    finish(transposed(options, input as Tensor4D, kernel as Tensor4D), {
      ...{ bias, activation: options.activation },
    }),
});

/** The output's channels stand before the input's. */
function weights(options: Options, [input]: Shapes) {
  const { kernelSize, filters } = options;
  return {
    kernel: kernelSpec(options, [...kernelSize, filters, channelsOf(input)]),
    bias: biasSpec(options, [filters]),
  };
}

/** Every filter at every place of the input. */
function cost({ kernelSize, filters }: Options, [input]: Shapes): number {
  return productOf([valuesOf(input), ...kernelSize, filters]);
}

interface Transposed extends Window {
  readonly outputPadding: Sizes | null;
}

function outputLength(window: Transposed, axis: number, size: number | null): number | null {
  if (size === null) return null;
  const stride = window.strides[axis] ?? 1;
  const reach = ((window.kernelSize[axis] ?? 1) - 1) * (window.dilationRate[axis] ?? 1) + 1;
  const isSame = window.padding === 'same';
  const extra = window.outputPadding?.[axis];
  if (extra === undefined) return size * stride + (isSame ? 0 : Math.max(reach - stride, 0));
  return (size - 1) * stride + reach - (isSame ? 2 * Math.floor(reach / 2) : 0) + extra;
}

interface Filtered extends Transposed {
  readonly filters: number;
}

function transposed(window: Filtered, input: Tensor4D, kernel: Tensor4D): Tensor {
  const [batch] = input.shape;
  const length = (axis: number) => outputLength(window, axis, input.shape[axis + 1] ?? 0) ?? 0;
  const shape: [number, number, number, number] = [batch, length(0), length(1), window.filters];
  if (isDilated(window)) return dilatedTransposed(window, { input, kernel, shape });
  const [first, second = 1] = window.strides;
  const padding = window.padding === 'same' ? 'same' : 'valid';
  return tf.conv2dTranspose(input, kernel, shape, [first, second], padding);
}

interface Arrays {
  readonly input: Tensor4D;
  readonly kernel: Tensor4D;
  readonly shape: readonly number[];
}

/** Of stride 1: space to batch, every product with the kernel, and back to the wanted part. */
function dilatedTransposed(window: Filtered, { input, kernel, shape }: Arrays): Tensor {
  const rates = [...window.dilationRate];
  const sizes = input.shape.slice(1, 3);
  const fillings = rates.map((rate, axis) => (rate - ((sizes[axis] ?? 0) % rate)) % rate);
  const blocks = tf.spaceToBatchND(
    input,
    rates,
    fillings.map((filling) => [0, filling]),
  );
  const [batch, height, width] = blocks.shape;
  const [rows, columns = 1] = window.kernelSize;
  const full: [number, number, number, number] = [
    batch,
    height + rows - 1,
    width + columns - 1,
    window.filters,
  ];
  const products = tf.conv2dTranspose(blocks, kernel, full, 1, 'valid');
  const crops = rates.map((rate, axis) => {
    const reach = ((window.kernelSize[axis] ?? 1) - 1) * rate;
    const before = window.padding === 'same' ? Math.floor(reach / 2) : 0;
    const whole = (sizes[axis] ?? 0) + reach + (fillings[axis] ?? 0);
    return [before, whole - before - (shape[axis + 1] ?? 0)];
  });
  return tf.batchToSpaceND(products, rates, crops);
}
