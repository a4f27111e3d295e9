import { activation } from '../activations.ts';
import { constraint } from '../constraints.ts';
import { initializer } from '../initializers.ts';
import {
  boolean,
  integer,
  integers,
  nullable,
  number,
  oneOf,
  only,
  required,
  shape,
  text,
} from '../option.ts';
import { regularizer } from '../regularizers.ts';
import { layerClass } from './layer-class.ts';
import { onlyNull, orAlone } from './options.ts';

export const bias = {
  useBias: boolean(true),
  biasInitializer: initializer('Zeros'),
  biasRegularizer: regularizer(),
  biasConstraint: constraint(),
};

export const kernelAndBias = {
  ...bias,
  kernelInitializer: initializer('GlorotUniform'),
  kernelRegularizer: regularizer(),
  kernelConstraint: constraint(),
};

export const rate = number({ min: 0, below: 1 });

export const share = number({ min: 0, below: 1, default: 0 });

export const seed = nullable(integer({ min: 0, max: 2 ** 31 - 1 }));

const axis = required(integer({ min: -7, max: 7 }));

export const basicLayers = {
  /** Where data enters a model; `input({shape})` does the same. */
  InputLayer: layerClass('inputLayer', { sparse: only(false) }),
  /** Every input connected to every output. */
  Dense: layerClass('dense', {
    /** Number of outputs. */
    units: required(integer({ min: 1, max: 1_000_000 })),
    activation: activation('linear'),
    ...kernelAndBias,
  }),
  /** Products of the input with a kernel by an equation, such as `abc,cd->abd`. */
  EinsumDense: layerClass('einsumDense', {
    /** Axes of input, kernel and output, a letter each; `...` stands for axes that stay in front. */
    equation: required(
      text('^(\\.\\.\\.)?[a-zA-Z]{1,8},[a-zA-Z]{1,8}->(\\.\\.\\.)?[a-zA-Z]{1,8}$'),
    ),
    /** Sizes of the output's axes that the equation names, without the batch axis; null as in the input. */
    outputShape: required(orAlone(shape())),
    activation: activation('linear'),
    /** Letters of the output's axes that have an offset; null for none. */
    biasAxes: nullable(text('^[a-zA-Z]{1,8}$')),
    kernelInitializer: initializer('GlorotUniform'),
    biasInitializer: initializer('Zeros'),
    kernelRegularizer: regularizer(),
    biasRegularizer: regularizer(),
    kernelConstraint: constraint(),
    biasConstraint: constraint(),
  }),
  Activation: layerClass('activation', { activation: required(activation('linear')) }),
  /** While training, sets a share of the inputs to zero. */
  Dropout: layerClass('dropout', {
    /** Share of the inputs dropped, 0 to below 1. */
    rate: required(rate),
    noiseShape: nullable(shape()),
    seed,
  }),
  /** Drops whole channels of a sequence. */
  SpatialDropout1D: layerClass('spatialDropout1d', {
    rate: required(rate),
    noiseShape: onlyNull(),
    seed,
  }),
  /** Drops whole channels of pictures. */
  SpatialDropout2D: layerClass('spatialDropout2d', {
    rate: required(rate),
    noiseShape: onlyNull(),
    seed,
    dataFormat: only('channels_last'),
  }),
  /** Gives what it gets. */
  Identity: layerClass('identity', {}),
  Flatten: layerClass('flatten', {
    /** `channels_first` moves the first axis of an example behind the others before. */
    dataFormat: oneOf('channels_last', 'channels_first'),
  }),
  Reshape: layerClass('reshape', {
    /** Shape of one example; one size may be -1. */
    targetShape: required(integers({ min: -1, max: 1_000_000 })),
  }),
  /** Reorders axes; they count from 1, the batch axis stays. */
  Permute: layerClass('permute', { dims: required(integers({ min: 1, max: 7 })) }),
  /** A new axis of size one at this place of the output; axis 0 is the batch. */
  ExpandDims: layerClass('expandDims', { axis }),
  RepeatVector: layerClass('repeatVector', { n: required(integer({ min: 1, max: 65_536 })) }),
  /** Steps whose values all equal `maskValue` are skipped by the layers after it. */
  Masking: layerClass('masking', { maskValue: number({ default: 0 }) }),
  /** A learnt vector for each id; ids run from 0 to below `inputDim`. */
  Embedding: layerClass('embedding', {
    /** Size of the vocabulary. */
    inputDim: required(integer({ min: 1, max: 1_000_000 })),
    /** Length of each vector. */
    outputDim: required(integer({ min: 1, max: 65_536 })),
    embeddingsInitializer: initializer('RandomUniform'),
    embeddingsRegularizer: regularizer(),
    embeddingsConstraint: constraint(),
    /** Treats id 0 as padding, which later layers skip. */
    maskZero: boolean(false),
    /** Length of the sequences, where it is fixed. */
    inputLength: nullable(integer({ min: 1, max: 65_536 })),
  }),
};
