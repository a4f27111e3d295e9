import type { LayerClassName, StoredLayerOptions } from '../../recipe/layers.ts';
import { elu, leakyRelu, prelu, relu, thresholdedRelu } from './activation/rectifiers.ts';
import { softmax } from './activation/softmax.ts';
import { additiveAttention, attention } from './attention/attention.ts';
import { multiHeadAttention } from './attention/multi-head-attention.ts';
import { conv1d, conv2d } from './convolution/convolutions.ts';
import {
  depthwiseConv1d,
  depthwiseConv2d,
  separableConv1d,
  separableConv2d,
} from './convolution/separable-convolutions.ts';
import { conv1dTranspose, conv2dTranspose } from './convolution/transposed-convolutions.ts';
import { activation } from './core/activation.ts';
import { dense } from './core/dense.ts';
import { einsumDense } from './core/einsum-dense.ts';
import { embedding } from './core/embedding.ts';
import { identity } from './core/identity.ts';
import { inputLayer } from './core/input-layer.ts';
import { masking } from './core/masking.ts';
import type { AnyDefinition, Definition, WeightSpecs } from './definition.ts';
import { concatenate } from './merging/concatenate.ts';
import { dot } from './merging/dot.ts';
import { add, average, maximum, minimum, multiply, subtract } from './merging/merges.ts';
import { batchNormalization } from './normalization/batch-normalization.ts';
import { groupNormalization } from './normalization/group-normalization.ts';
import { layerNormalization } from './normalization/layer-normalization.ts';
import { rmsNormalization } from './normalization/rms-normalization.ts';
import { unitNormalization } from './normalization/unit-normalization.ts';
import { along } from './operations/along.ts';
import { arithmetic } from './operations/arithmetic.ts';
import { depthToSpace, spaceToDepth } from './operations/blocks.ts';
import { einsum } from './operations/einsum.ts';
import { elementwise } from './operations/elementwise.ts';
import { localResponse } from './operations/local-response.ts';
import { matMul } from './operations/mat-mul.ts';
import { moveAxis } from './operations/move-axis.ts';
import { oneHot } from './operations/one-hot.ts';
import { pad } from './operations/pad.ts';
import { reduce } from './operations/reduce.ts';
import { slice } from './operations/slice.ts';
import { squeeze } from './operations/squeeze.ts';
import { topK } from './operations/top-k.ts';
import { where } from './operations/where.ts';
import {
  adaptiveAveragePooling1d,
  adaptiveAveragePooling2d,
  adaptiveMaxPooling1d,
  adaptiveMaxPooling2d,
} from './pooling/adaptive-pooling.ts';
import {
  globalAveragePooling1d,
  globalAveragePooling2d,
  globalMaxPooling1d,
  globalMaxPooling2d,
} from './pooling/global-pooling.ts';
import {
  averagePooling1d,
  averagePooling2d,
  maxPooling1d,
  maxPooling2d,
} from './pooling/pooling.ts';
import { categoryEncoding, discretization } from './preprocessing/categories.ts';
import { centerCrop, resizing } from './preprocessing/image-size.ts';
import { normalization } from './preprocessing/normalization.ts';
import {
  randomBrightness,
  randomContrast,
  randomFlip,
  randomRotation,
  randomTranslation,
  randomZoom,
} from './preprocessing/random-images.ts';
import { rescaling } from './preprocessing/rescaling.ts';
import { bidirectional } from './recurrent/bidirectional.ts';
import { convLstm1d, convLstm2d } from './recurrent/conv-lstm.ts';
import { gru } from './recurrent/gru.ts';
import { lstm } from './recurrent/lstm.ts';
import { rnn } from './recurrent/rnn.ts';
import { simpleRnn } from './recurrent/simple-rnn.ts';
import { timeDistributed } from './recurrent/time-distributed.ts';
import { dropout, spatialDropout1d, spatialDropout2d } from './regularization/dropout.ts';
import { alphaDropout, gaussianDropout, gaussianNoise } from './regularization/noise.ts';
import { cropping2d, upSampling2d, zeroPadding2d } from './shape/pictures.ts';
import { expandDims, flatten, permute, repeatVector, reshape } from './shape/reshape.ts';
import { cropping1d, upSampling1d, zeroPadding1d } from './shape/sequences.ts';

/** One for each layer that a recipe may have, for its options, and no other. */
type Definitions = {
  readonly [ClassName in LayerClassName]: Definition<StoredLayerOptions<ClassName>, WeightSpecs>;
};

/** Every layer, by Keras class name. */
const definitions = {
  InputLayer: inputLayer,
  Dense: dense,
  EinsumDense: einsumDense,
  Activation: activation,
  Dropout: dropout,
  SpatialDropout1D: spatialDropout1d,
  SpatialDropout2D: spatialDropout2d,
  Identity: identity,
  Flatten: flatten,
  Reshape: reshape,
  Permute: permute,
  ExpandDims: expandDims,
  RepeatVector: repeatVector,
  Masking: masking,
  Embedding: embedding,
  Conv1D: conv1d,
  Conv2D: conv2d,
  Conv1DTranspose: conv1dTranspose,
  Conv2DTranspose: conv2dTranspose,
  SeparableConv1D: separableConv1d,
  SeparableConv2D: separableConv2d,
  DepthwiseConv1D: depthwiseConv1d,
  DepthwiseConv2D: depthwiseConv2d,
  Cropping1D: cropping1d,
  Cropping2D: cropping2d,
  UpSampling1D: upSampling1d,
  UpSampling2D: upSampling2d,
  ZeroPadding1D: zeroPadding1d,
  ZeroPadding2D: zeroPadding2d,
  MaxPooling1D: maxPooling1d,
  MaxPooling2D: maxPooling2d,
  AveragePooling1D: averagePooling1d,
  AveragePooling2D: averagePooling2d,
  AdaptiveMaxPooling1D: adaptiveMaxPooling1d,
  AdaptiveMaxPooling2D: adaptiveMaxPooling2d,
  AdaptiveAveragePooling1D: adaptiveAveragePooling1d,
  AdaptiveAveragePooling2D: adaptiveAveragePooling2d,
  GlobalAveragePooling1D: globalAveragePooling1d,
  GlobalAveragePooling2D: globalAveragePooling2d,
  GlobalMaxPooling1D: globalMaxPooling1d,
  GlobalMaxPooling2D: globalMaxPooling2d,
  SimpleRNN: simpleRnn,
  GRU: gru,
  LSTM: lstm,
  RNN: rnn,
  ConvLSTM1D: convLstm1d,
  ConvLSTM2D: convLstm2d,
  Bidirectional: bidirectional,
  TimeDistributed: timeDistributed,
  Add: add,
  Average: average,
  Concatenate: concatenate,
  Maximum: maximum,
  Minimum: minimum,
  Multiply: multiply,
  Subtract: subtract,
  Dot: dot,
  Attention: attention,
  AdditiveAttention: additiveAttention,
  MultiHeadAttention: multiHeadAttention,
  BatchNormalization: batchNormalization,
  LayerNormalization: layerNormalization,
  GroupNormalization: groupNormalization,
  RMSNormalization: rmsNormalization,
  UnitNormalization: unitNormalization,
  ReLU: relu,
  LeakyReLU: leakyRelu,
  PReLU: prelu,
  ELU: elu,
  ThresholdedReLU: thresholdedRelu,
  Softmax: softmax,
  GaussianNoise: gaussianNoise,
  GaussianDropout: gaussianDropout,
  AlphaDropout: alphaDropout,
  Normalization: normalization,
  Rescaling: rescaling,
  Resizing: resizing,
  CategoryEncoding: categoryEncoding,
  Discretization: discretization,
  CenterCrop: centerCrop,
  RandomFlip: randomFlip,
  RandomRotation: randomRotation,
  RandomZoom: randomZoom,
  RandomTranslation: randomTranslation,
  RandomContrast: randomContrast,
  RandomBrightness: randomBrightness,
  Elementwise: elementwise,
  Arithmetic: arithmetic,
  Where: where,
  Reduce: reduce,
  Along: along,
  Slice: slice,
  Squeeze: squeeze,
  MoveAxis: moveAxis,
  Pad: pad,
  OneHot: oneHot,
  TopK: topK,
  MatMul: matMul,
  Einsum: einsum,
  DepthToSpace: depthToSpace,
  SpaceToDepth: spaceToDepth,
  LocalResponse: localResponse,
} satisfies Definitions;

/** Null for a class that is no layer. */
export function definitionOf(className: string): AnyDefinition | null {
  return isLayer(className) ? definitions[className] : null;
}

export function isLayer(className: string): className is LayerClassName {
  return Object.hasOwn(definitions, className);
}
