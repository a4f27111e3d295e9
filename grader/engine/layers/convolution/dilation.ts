import { tf, type Tensor, type Tensor4D } from '../../tensorflow/tf.ts';

/** Sizes along a picture's or a sequence's axes. */
export type Sizes = readonly [number] | readonly [number, number];

/** How a kernel goes over its input. */
export interface Window {
  readonly kernelSize: Sizes;
  readonly strides: Sizes;
  readonly dilationRate: Sizes;
  readonly padding: 'valid' | 'same' | 'causal';
}

/** The same over pictures of one row. */
export function inRows({ kernelSize, strides, dilationRate, padding }: Window): Window {
  return {
    ...{ kernelSize: [1, kernelSize[0]], strides: [1, strides[0]], padding },
    dilationRate: [1, dilationRate[0]],
  };
}

/** Throws where strides and dilation are both above 1, which Keras refuses as well. */
export function refuseStrides(window: Window): void {
  if (!isDilated(window) || window.strides.every((stride) => stride === 1)) return;
  throw new Error('a convolution cannot have strides above 1 and a dilation_rate above 1 at once');
}

export function isDilated({ dilationRate }: Window): boolean {
  return dilationRate.some((rate) => rate > 1);
}

/**
 * The products of a dilated convolution of sequences or pictures that train: TF.js has no gradient for
 * them. TensorFlow's way: space to batch, a plain convolution, and back.
 */
export function dilatedConvolution(input: Tensor, kernel: Tensor, window: Window): Tensor {
  if (input.rank === 4) return dilated(input, window, (blocks) => plain(blocks, kernel));
  const rows = inRows(window);
  const inRow = tf.expandDims(kernel, 0);
  const output = dilated(tf.expandDims(input, 1), rows, (blocks) => plain(blocks, inRow));
  return tf.squeeze(output, [1]);
}

/** The products of each channel of dilated pictures with its own kernels. */
export function dilatedDepthwise(input: Tensor, kernel: Tensor, window: Window): Tensor {
  return dilated(input, window, (blocks) =>
    tf.depthwiseConv2d(blocks as Tensor4D, kernel as Tensor4D, 1, 'valid'),
  );
}

function plain(input: Tensor, kernel: Tensor): Tensor {
  return tf.conv2d(input as Tensor4D, kernel as Tensor4D, 1, 'valid');
}

/** Runs a valid convolution of stride 1 on [batch, height, width, channels] as if dilated. */
function dilated(input: Tensor, window: Window, convolve: (blocks: Tensor) => Tensor): Tensor {
  const { dilationRate: rates, padding } = window;
  const pads = rates.map((rate, axis) => {
    const reach = padding === 'same' ? ((window.kernelSize[axis] ?? 1) - 1) * rate : 0;
    const before = Math.floor(reach / 2);
    const padded = (input.shape[axis + 1] ?? 0) + reach;
    return { before, after: reach - before, filling: (rate - (padded % rate)) % rate };
  });
  const paddings = pads.map(({ before, after, filling }) => [before, after + filling]);
  const crops = pads.map(({ filling }) => [0, filling]);
  const blocks = tf.spaceToBatchND(input, [...rates], paddings);
  return tf.batchToSpaceND(convolve(blocks), [...rates], crops);
}
