import type { StoredLayerOptions } from '../../../recipe/layers.ts';
import { productOf, sumOf } from '../../../sizes.ts';
import { tf, type Tensor, type Tensor4D } from '../../tensorflow/tf.ts';
import { layer, type WeightSpec } from '../definition.ts';
import { channelsOf, valuesOf, type Shape, type Shapes } from '../shapes.ts';
import { biasSpec } from '../weight-specs.ts';
import { dilatedDepthwise, inRows, isDilated, refuseStrides } from './dilation.ts';
import { ahead, finish, outputOf, paddingOf } from './window-shape.ts';

type Separable = StoredLayerOptions<'SeparableConv1D'> | StoredLayerOptions<'SeparableConv2D'>;
type DepthwiseOnly = StoredLayerOptions<'DepthwiseConv1D'> | StoredLayerOptions<'DepthwiseConv2D'>;
type Depthwise = Separable | DepthwiseOnly;

/** As pictures of one row, for which TensorFlow has depthwise products. */
export const separableConv1d = layer('SeparableConv1D', {
  rank: 3,
  check: (options) => {
    refuseStrides(options);
  },
  weights,
  shape: (options, [input]) => outputOf(options, input, options.filters),
  cost: separableCost,
  call(options, { depthwiseKernel, pointwiseKernel, bias }, { input }) {
    const { activation } = options;
    const window = { ...options, padding: paddingOf(options) };
    const picture = tf.expandDims<Tensor4D>(ahead(options, input), 1);
    const kernel = tf.expandDims<Tensor4D>(depthwiseKernel, 0);
    const depthwise = isDilated(window)
      ? dilatedDepthwise(picture, kernel, inRows(window))
      : tf.depthwiseConv2d(picture, kernel, window.strides[0], window.padding);
    const mixed = pointwise(depthwise, tf.expandDims(pointwiseKernel, 0));
    return finish(tf.squeeze(mixed, [1]), { bias, activation });
  },
});

export const separableConv2d = layer('SeparableConv2D', {
  rank: 4,
  check: (options) => {
    refuseStrides(options);
  },
  weights,
  shape: (options, [input]) => outputOf(options, input, options.filters),
  cost: separableCost,
  call(options, { depthwiseKernel, pointwiseKernel, bias }, { input }) {
    const { activation } = options;
    // TensorFlow's two products, as TF.js's `separableConv2d` has them as well.
    const depthwise = ofPictures(input, depthwiseKernel, options);
    return finish(pointwise(depthwise, pointwiseKernel), { bias, activation });
  },
});

/** As pictures of one row. */
export const depthwiseConv1d = layer('DepthwiseConv1D', {
  rank: 3,
  check: (options) => {
    refuseStrides(options);
  },
  weights: depthwiseWeights,
  shape: depthwiseShape,
  cost: depthwiseCost,
  call(options, { depthwiseKernel, bias }, { input }) {
    const { activation, strides, padding } = options;
    const picture = tf.expandDims<Tensor4D>(input, 1);
    const kernel = tf.expandDims<Tensor4D>(depthwiseKernel, 0);
    const output = isDilated(options)
      ? dilatedDepthwise(picture, kernel, inRows(options))
      : tf.depthwiseConv2d(picture, kernel, strides[0], padding);
    return finish(tf.squeeze(output, [1]), { bias, activation });
  },
});

export const depthwiseConv2d = layer('DepthwiseConv2D', {
  rank: 4,
  check: (options) => {
    refuseStrides(options);
  },
  weights: depthwiseWeights,
  shape: depthwiseShape,
  cost: depthwiseCost,
  call(options, { depthwiseKernel, bias }, { input }) {
    const output = ofPictures(input, depthwiseKernel, options);
    return finish(output, { bias, activation: options.activation });
  },
});

type OfPictures = StoredLayerOptions<'SeparableConv2D'> | StoredLayerOptions<'DepthwiseConv2D'>;

/** Each channel by itself: [batch, height, width, channels]. */
function ofPictures(input: Tensor, kernel: Tensor, options: OfPictures): Tensor {
  if (isDilated(options)) return dilatedDepthwise(input, kernel, options);
  const { strides, padding } = options;
  return tf.depthwiseConv2d(input as Tensor4D, kernel as Tensor4D, [...strides], padding);
}

function weights(options: Separable, inputs: Shapes) {
  const channels = channelsOf(inputs[0]) * options.depthMultiplier;
  const pointwiseKernel: WeightSpec = {
    shape: [...options.kernelSize.map(() => 1), channels, options.filters],
    initializer: options.pointwiseInitializer,
    regularizer: options.pointwiseRegularizer,
    constraint: options.pointwiseConstraint,
  };
  return {
    depthwiseKernel: depthwiseSpec(options, inputs),
    pointwiseKernel,
    bias: biasSpec(options, [options.filters]),
  };
}

function depthwiseWeights(options: DepthwiseOnly, inputs: Shapes) {
  const channels = channelsOf(inputs[0]) * options.depthMultiplier;
  return { depthwiseKernel: depthwiseSpec(options, inputs), bias: biasSpec(options, [channels]) };
}

/** What each channel by itself gives, which the mix of a separable convolution takes. */
function depthwiseShape(options: Depthwise, [input]: Shapes): Shape {
  return outputOf(options, input, channelsOf(input) * options.depthMultiplier);
}

function depthwiseCost(options: Depthwise, inputs: Shapes): number {
  return productOf([valuesOf(depthwiseShape(options, inputs)), ...options.kernelSize]);
}

function separableCost(options: Separable, inputs: Shapes): number {
  const mixed = productOf([valuesOf(depthwiseShape(options, inputs)), options.filters]);
  return sumOf([depthwiseCost(options, inputs), mixed]);
}

function depthwiseSpec(options: Depthwise, [input]: Shapes): WeightSpec {
  return {
    shape: [...options.kernelSize, channelsOf(input), options.depthMultiplier],
    initializer: options.depthwiseInitializer,
    regularizer: options.depthwiseRegularizer,
    constraint: options.depthwiseConstraint,
  };
}

/** A mix of the channels at each place. */
function pointwise(input: Tensor, kernel: Tensor): Tensor {
  return tf.conv2d(input as Tensor4D, kernel as Tensor4D, 1, 'valid');
}
