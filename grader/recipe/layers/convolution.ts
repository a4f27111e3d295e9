import { activation } from '../activations.ts';
import { constraint } from '../constraints.ts';
import { initializer } from '../initializers.ts';
import { boolean, borders, integer, nullable, oneOf, only, required, sizes } from '../option.ts';
import { regularizer } from '../regularizers.ts';
import { bias, kernelAndBias } from './basic.ts';
import { layerClass } from './layer-class.ts';
import { ends } from './options.ts';

const filters = required(integer({ min: 1, max: 65_536 }));
const dataFormat = only('channels_last');
const one = { min: 1, default: 1 };
/** Filters and channels are cut in so many parts; each part of the filters sees its channels. */
const groups = integer({ min: 1, max: 65_536, default: 1 });

const convolution2d = {
  /** Number of output channels. */
  filters,
  /** Height and width of the kernel. */
  kernelSize: required(sizes(2)),
  strides: sizes(2, one),
  padding: oneOf('valid', 'same'),
  dataFormat,
  dilationRate: sizes(2, one),
  activation: activation('linear'),
};

const depthwise = {
  /** Outputs for each input channel before they are mixed. */
  depthMultiplier: integer({ min: 1, max: 1024, default: 1 }),
  depthwiseInitializer: initializer('GlorotUniform'),
  depthwiseRegularizer: regularizer(),
  depthwiseConstraint: constraint(),
};

const pointwise = {
  pointwiseInitializer: initializer('GlorotUniform'),
  pointwiseRegularizer: regularizer(),
  pointwiseConstraint: constraint(),
};

export const convolutionLayers = {
  /** Convolution over sequences; `causal` padding looks at the past only. */
  Conv1D: layerClass('conv1d', {
    /** Number of output channels. */
    filters,
    kernelSize: required(sizes(1)),
    strides: sizes(1, one),
    padding: oneOf('valid', 'same', 'causal'),
    dataFormat,
    dilationRate: sizes(1, one),
    groups,
    activation: activation('linear'),
    ...kernelAndBias,
  }),
  /** Convolution over images. */
  Conv2D: layerClass('conv2d', { ...convolution2d, groups, ...kernelAndBias }),
  Conv2DTranspose: layerClass('conv2dTranspose', {
    ...convolution2d,
    dilationRate: sizes(2, one),
    outputPadding: nullable(sizes(2, { min: 0 })),
    ...kernelAndBias,
  }),
  /** Convolution backwards: sequences become longer. */
  Conv1DTranspose: layerClass('conv1dTranspose', {
    filters,
    kernelSize: required(sizes(1)),
    strides: sizes(1, one),
    padding: oneOf('valid', 'same'),
    outputPadding: nullable(sizes(1, { min: 0 })),
    dataFormat,
    dilationRate: sizes(1, one),
    activation: activation('linear'),
    ...kernelAndBias,
  }),
  /** One kernel for each channel of a sequence, then a mix of the channels. */
  SeparableConv1D: layerClass('separableConv1d', {
    filters,
    kernelSize: required(sizes(1)),
    strides: sizes(1, one),
    padding: oneOf('valid', 'same', 'causal'),
    dataFormat,
    dilationRate: sizes(1, one),
    activation: activation('linear'),
    ...depthwise,
    ...pointwise,
    ...bias,
  }),
  SeparableConv2D: layerClass('separableConv2d', {
    ...convolution2d,
    ...depthwise,
    ...pointwise,
    ...bias,
  }),
  /** One kernel, or several, for each channel of a sequence. */
  DepthwiseConv1D: layerClass('depthwiseConv1d', {
    kernelSize: required(sizes(1)),
    strides: sizes(1, one),
    padding: oneOf('valid', 'same'),
    dataFormat,
    dilationRate: sizes(1, one),
    activation: activation('linear'),
    ...depthwise,
    ...bias,
  }),
  DepthwiseConv2D: layerClass('depthwiseConv2d', {
    kernelSize: required(sizes(2)),
    strides: sizes(2, one),
    padding: oneOf('valid', 'same'),
    dataFormat,
    dilationRate: sizes(2, one),
    activation: activation('linear'),
    ...depthwise,
    ...bias,
  }),
  /** Takes steps off the two ends of a sequence. */
  Cropping1D: layerClass('cropping1D', { cropping: ends(1) }),
  Cropping2D: layerClass('cropping2D', { cropping: borders(0), dataFormat }),
  /** Repeats each step. */
  UpSampling1D: layerClass('upSampling1d', { size: integer({ min: 1, max: 65_536, default: 2 }) }),
  UpSampling2D: layerClass('upSampling2d', {
    size: sizes(2, { min: 1, default: 2 }),
    dataFormat,
    interpolation: oneOf('nearest', 'bilinear', 'bicubic', 'lanczos3', 'lanczos5'),
  }),
  /** Adds steps of zeros at the two ends of a sequence. */
  ZeroPadding1D: layerClass('zeroPadding1d', { padding: ends(1), dataFormat }),
  ZeroPadding2D: layerClass('zeroPadding2d', { padding: borders(1), dataFormat }),
};

const pooling1d = {
  poolSize: sizes(1, { min: 1, default: 2 }),
  /** The pool size where none is given. */
  strides: nullable(sizes(1)),
  padding: oneOf('valid', 'same'),
  dataFormat,
};

const pooling2d = {
  poolSize: sizes(2, { min: 1, default: 2 }),
  /** The pool size where none is given. */
  strides: nullable(sizes(2)),
  padding: oneOf('valid', 'same'),
  dataFormat,
};

/** Windows as many as wanted, which may share a step. */
const adaptive1d = { outputSize: required(sizes(1)), dataFormat };
const adaptive2d = { outputSize: required(sizes(2)), dataFormat };

const global = {
  dataFormat,
  /** Keeps the pooled axes, with size one. */
  keepdims: boolean(false),
};

export const poolingLayers = {
  MaxPooling1D: layerClass('maxPooling1d', pooling1d, ['MaxPool1D']),
  MaxPooling2D: layerClass('maxPooling2d', pooling2d, ['MaxPool2D']),
  AveragePooling1D: layerClass('averagePooling1d', pooling1d, ['AvgPool1D', 'AvgPooling1D']),
  AveragePooling2D: layerClass('averagePooling2d', pooling2d, ['AvgPool2D', 'AvgPooling2D']),
  AdaptiveMaxPooling1D: layerClass('adaptiveMaxPooling1d', adaptive1d),
  AdaptiveMaxPooling2D: layerClass('adaptiveMaxPooling2d', adaptive2d),
  AdaptiveAveragePooling1D: layerClass('adaptiveAveragePooling1d', adaptive1d),
  AdaptiveAveragePooling2D: layerClass('adaptiveAveragePooling2d', adaptive2d),
  /** The mean over all steps of a sequence. */
  GlobalAveragePooling1D: layerClass('globalAveragePooling1d', global, ['GlobalAvgPool1D']),
  GlobalAveragePooling2D: layerClass('globalAveragePooling2d', global, ['GlobalAvgPool2D']),
  GlobalMaxPooling1D: layerClass('globalMaxPooling1d', global, ['GlobalMaxPool1D']),
  GlobalMaxPooling2D: layerClass('globalMaxPooling2d', global, ['GlobalMaxPool2D']),
};
