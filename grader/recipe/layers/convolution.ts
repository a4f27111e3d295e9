import { activation } from '../activations.ts';
import { constraint } from '../constraints.ts';
import { initializer } from '../initializers.ts';
import { borders, integer, nullable, oneOf, only, required, sizes } from '../option.ts';
import { regularizer } from '../regularizers.ts';
import { bias, kernelAndBias } from './basic.ts';
import { layerClass } from './layer-class.ts';

const filters = required(integer({ min: 1, max: 65_536 }));
const dataFormat = only('channels_last');
const one = { min: 1, default: 1 };

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
    activation: activation('linear'),
    ...kernelAndBias,
  }),
  /** Convolution over images. */
  Conv2D: layerClass('conv2d', { ...convolution2d, ...kernelAndBias }),
  Conv2DTranspose: layerClass('conv2dTranspose', {
    ...convolution2d,
    dilationRate: sizes(2, one),
    outputPadding: nullable(sizes(2, { min: 0 })),
    ...kernelAndBias,
  }),
  SeparableConv2D: layerClass('separableConv2d', {
    ...convolution2d,
    ...depthwise,
    pointwiseInitializer: initializer('GlorotUniform'),
    pointwiseRegularizer: regularizer(),
    pointwiseConstraint: constraint(),
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
  Cropping2D: layerClass('cropping2D', { cropping: borders(0), dataFormat }),
  UpSampling2D: layerClass('upSampling2d', {
    size: sizes(2, { min: 1, default: 2 }),
    dataFormat,
    interpolation: oneOf('nearest', 'bilinear'),
  }),
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

const global = { dataFormat, keepdims: only(false) };

export const poolingLayers = {
  MaxPooling1D: layerClass('maxPooling1d', pooling1d, ['MaxPool1D']),
  MaxPooling2D: layerClass('maxPooling2d', pooling2d, ['MaxPool2D']),
  AveragePooling1D: layerClass('averagePooling1d', pooling1d, ['AvgPool1D', 'AvgPooling1D']),
  AveragePooling2D: layerClass('averagePooling2d', pooling2d, ['AvgPool2D', 'AvgPooling2D']),
  /** The mean over all steps of a sequence. */
  GlobalAveragePooling1D: layerClass('globalAveragePooling1d', global, ['GlobalAvgPool1D']),
  GlobalAveragePooling2D: layerClass('globalAveragePooling2d', global, ['GlobalAvgPool2D']),
  GlobalMaxPooling1D: layerClass('globalMaxPooling1d', global, ['GlobalMaxPool1D']),
  GlobalMaxPooling2D: layerClass('globalMaxPooling2d', global, ['GlobalMaxPool2D']),
};
