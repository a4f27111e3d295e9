import type { StoredLayerOptions } from '../../../recipe/layers.ts';
import { productOf } from '../../../sizes.ts';
import { tf, type Tensor, type Tensor3D, type Tensor4D } from '../../tensorflow/tf.ts';
import { fusedActivation } from '../activation/activations.ts';
import { layer } from '../definition.ts';
import { channelsOf, valuesOf, type Shape, type Shapes } from '../shapes.ts';
import { biasSpec, kernelSpec } from '../weight-specs.ts';
import { dilatedConvolution, isDilated, refuseStrides, type Window } from './dilation.ts';
import { ahead, finish, outputOf, paddingOf } from './window-shape.ts';

type Options = StoredLayerOptions<'Conv1D'> | StoredLayerOptions<'Conv2D'>;

/** `causal` padding is zeros in front of the sequence, then a valid convolution. */
export const conv1d = layer('Conv1D', {
  rank: 3,
  check,
  weights,
  shape,
  cost,
  call(options, { kernel, bias }, { input }) {
    const padded = ahead(options, input);
    const output =
      options.groups === 1
        ? convolve(padded, kernel, options)
        : convolveGroups(padded, kernel, options);
    return finish(output, { bias, activation: options.activation });
  },
});

export const conv2d = layer('Conv2D', {
  rank: 4,
  check,
  weights,
  shape,
  cost,
  call(options, { kernel, bias }, { input }) {
    const { activation, groups } = options;
    if (groups > 1) return finish(convolveGroups(input, kernel, options), { bias, activation });
    if (isDilated(options)) {
      return finish(dilatedConvolution(input, kernel, options), { bias, activation });
    }
    const fused = fusedActivation(activation);
    const output = tf.fused.conv2d({
      ...{ x: input as Tensor4D, filter: kernel as Tensor4D },
      ...{ strides: [...options.strides], pad: paddingOf(options), dataFormat: 'NHWC' },
      ...{ dilations: [...options.dilationRate], activation: fused ?? 'linear' },
      ...(bias ? { bias } : {}),
    });
    return fused ? output : finish(output, { bias: null, activation });
  },
});

function check(options: Options, [input]: Shapes): void {
  refuseStrides(options);
  const { filters, groups } = options;
  const channels = channelsOf(input);
  if (filters % groups !== 0)
    throw new Error(`${filters} filters cannot be cut in ${groups} groups`);
  if (channels % groups === 0) return;
  throw new Error(`${channels} channels cannot be cut in ${groups} groups`);
}

function weights(options: Options, [input]: Shapes) {
  const { kernelSize, filters, groups } = options;
  return {
    kernel: kernelSpec(options, [...kernelSize, channelsOf(input) / groups, filters]),
    bias: biasSpec(options, [filters]),
  };
}

function shape(options: Options, [input]: Shapes): Shape {
  return outputOf(options, input, options.filters);
}

/** Every filter at every place of the output. */
function cost(options: Options, inputs: Shapes): number {
  const channels = channelsOf(inputs[0]) / options.groups;
  return productOf([valuesOf(shape(options, inputs)), ...options.kernelSize, channels]);
}

interface Grouped extends Window {
  readonly groups: number;
}

/**
 * Each group of filters sees its part of the channels. One convolution a group, as TensorFlow's kernels
 * on a CPU have no gradient for all at once.
 */
function convolveGroups(input: Tensor, kernel: Tensor, options: Grouped): Tensor {
  const kernels = tf.split(kernel, options.groups, -1);
  const parts = tf.split(input, options.groups, -1);
  const outputs = parts.map((part, group) => convolve(part, kernels[group] as Tensor, options));
  return tf.concat(outputs, -1);
}

/** The products of a convolution of sequences or pictures that trains, without a bias. */
export function convolve(input: Tensor, kernel: Tensor, window: Window): Tensor {
  const plain = { ...window, padding: paddingOf(window) };
  if (isDilated(plain)) return dilatedConvolution(input, kernel, plain);
  const [first, second = 1] = plain.strides;
  if (input.rank === 4) {
    return tf.conv2d(input as Tensor4D, kernel as Tensor4D, [first, second], plain.padding);
  }
  return tf.conv1d(input as Tensor3D, kernel as Tensor3D, first, plain.padding);
}
