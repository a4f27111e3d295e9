import type { Recipe } from '../../grader/contract.ts';
import type { Layer, SymbolicTensor } from '../../grader/index.ts';
import { defineRecipe, input, layers, model, sequential } from '../../grader/index.ts';
import type { LayerClassName } from '../../grader/recipe/layers.ts';
import type { operationLayers } from '../../grader/recipe/layers/operations.ts';
import { normalised } from './normalised.ts';

export const training = {
  compile: { optimizer: 'adam', loss: 'mse' },
  fit: { epochs: 1 },
} as const;

export function describeStack(...stack: readonly Layer[]): Recipe {
  return normalised(defineRecipe({ model: sequential(stack), ...training }));
}

function describeMerge(merge: (a: SymbolicTensor, b: SymbolicTensor) => SymbolicTensor): Recipe {
  const x = input({ shape: [4] });
  const a = layers.dense({ units: 3 }).apply(x);
  const b = layers.dense({ units: 3 }).apply(x);
  return normalised(
    defineRecipe({ model: model({ inputs: x, outputs: merge(a, b) }), ...training }),
  );
}

/** On two sequences of six steps. */
function describeAttention(
  attend: (query: SymbolicTensor, value: SymbolicTensor) => SymbolicTensor,
): Recipe {
  const x = input({ shape: sequence });
  const query = layers.dense({ units: 2 }).apply(x);
  const value = layers.dense({ units: 2 }).apply(x);
  const outputs = attend(query, value);
  return normalised(defineRecipe({ model: model({ inputs: x, outputs }), ...training }));
}

export const row = [4];
export const sequence = [6, 3];
export const image = [8, 8, 2];

type Models<Name extends string> = Record<Name, [Recipe, (number | null)[]]>;

/** A small model around every layer that TF.js has, with the shape that must come out of it. */
export const models: Models<Exclude<LayerClassName, OwnLayer | keyof typeof operationLayers>> = {
  InputLayer: [
    describeStack(layers.inputLayer({ inputShape: row }), layers.dense({ units: 2 })),
    [null, 2],
  ],
  Dense: [
    describeStack(layers.dense({ units: 2, inputShape: row, activation: 'hardSigmoid' })),
    [null, 2],
  ],
  Activation: [
    describeStack(layers.activation({ activation: 'logSoftmax', inputShape: row })),
    [null, 4],
  ],
  Dropout: [describeStack(layers.dropout({ rate: 0.5, inputShape: row })), [null, 4]],
  SpatialDropout1D: [
    describeStack(layers.spatialDropout1d({ rate: 0.1, inputShape: sequence })),
    [null, 6, 3],
  ],
  Flatten: [describeStack(layers.flatten({ inputShape: image })), [null, 128]],
  Reshape: [describeStack(layers.reshape({ targetShape: [2, 2], inputShape: row })), [null, 2, 2]],
  Permute: [describeStack(layers.permute({ dims: [2, 1], inputShape: sequence })), [null, 3, 6]],
  RepeatVector: [describeStack(layers.repeatVector({ n: 5, inputShape: row })), [null, 5, 4]],
  Masking: [describeStack(layers.masking({ inputShape: sequence })), [null, 6, 3]],
  Embedding: [
    describeStack(layers.embedding({ inputDim: 10, outputDim: 4, inputLength: 6 })),
    [null, 6, 4],
  ],
  Conv1D: [
    describeStack(
      layers.conv1d({ filters: 2, kernelSize: 3, padding: 'same', inputShape: sequence }),
    ),
    [null, 6, 2],
  ],
  Conv2D: [
    describeStack(layers.conv2d({ filters: 4, kernelSize: [3, 3], inputShape: image })),
    [null, 6, 6, 4],
  ],
  Conv2DTranspose: [
    describeStack(
      layers.conv2dTranspose({
        filters: 4,
        kernelSize: 3,
        strides: 2,
        padding: 'same',
        inputShape: image,
      }),
    ),
    [null, 16, 16, 4],
  ],
  SeparableConv2D: [
    describeStack(layers.separableConv2d({ filters: 4, kernelSize: 3, inputShape: image })),
    [null, 6, 6, 4],
  ],
  DepthwiseConv2D: [
    describeStack(layers.depthwiseConv2d({ kernelSize: 3, depthMultiplier: 2, inputShape: image })),
    [null, 6, 6, 4],
  ],
  Cropping2D: [
    describeStack(layers.cropping2D({ cropping: [1, 2], inputShape: image })),
    [null, 6, 4, 2],
  ],
  UpSampling2D: [
    describeStack(layers.upSampling2d({ size: 2, inputShape: image })),
    [null, 16, 16, 2],
  ],
  ZeroPadding2D: [
    describeStack(
      layers.zeroPadding2d({
        padding: [
          [1, 0],
          [0, 2],
        ],
        inputShape: image,
      }),
    ),
    [null, 9, 10, 2],
  ],
  MaxPooling1D: [describeStack(layers.maxPooling1d({ inputShape: sequence })), [null, 3, 3]],
  MaxPooling2D: [
    describeStack(layers.maxPooling2d({ poolSize: 2, inputShape: image })),
    [null, 4, 4, 2],
  ],
  AveragePooling1D: [
    describeStack(layers.averagePooling1d({ poolSize: 3, inputShape: sequence })),
    [null, 2, 3],
  ],
  AveragePooling2D: [
    describeStack(layers.averagePooling2d({ strides: 1, padding: 'same', inputShape: image })),
    [null, 8, 8, 2],
  ],
  GlobalAveragePooling1D: [
    describeStack(layers.globalAveragePooling1d({ inputShape: sequence })),
    [null, 3],
  ],
  GlobalAveragePooling2D: [
    describeStack(layers.globalAveragePooling2d({ inputShape: image })),
    [null, 2],
  ],
  GlobalMaxPooling1D: [
    describeStack(layers.globalMaxPooling1d({ inputShape: sequence })),
    [null, 3],
  ],
  GlobalMaxPooling2D: [describeStack(layers.globalMaxPooling2d({ inputShape: image })), [null, 2]],
  SimpleRNN: [describeStack(layers.simpleRNN({ units: 5, inputShape: sequence })), [null, 5]],
  GRU: [
    describeStack(layers.gru({ units: 5, resetAfter: false, inputShape: sequence })),
    [null, 5],
  ],
  LSTM: [
    describeStack(layers.lstm({ units: 5, returnSequences: true, inputShape: sequence })),
    [null, 6, 5],
  ],
  RNN: [
    describeStack(
      layers.rnn({
        cell: [layers.lstmCell({ units: 2 }), layers.gruCell({ units: 4, resetAfter: false })],
        returnSequences: true,
        inputShape: sequence,
      }),
    ),
    [null, 6, 4],
  ],
  ConvLSTM2D: [
    describeStack(
      layers.convLstm2d({ filters: 3, kernelSize: [2, 3], strides: 2, inputShape: [4, ...image] }),
    ),
    [null, 4, 3, 3],
  ],
  Bidirectional: [
    describeStack(layers.bidirectional({ layer: layers.lstm({ units: 5 }), inputShape: sequence })),
    [null, 10],
  ],
  TimeDistributed: [
    describeStack(
      layers.timeDistributed({ layer: layers.dense({ units: 2 }), inputShape: sequence }),
    ),
    [null, 6, 2],
  ],
  Add: [describeMerge((a, b) => layers.add().apply([a, b])), [null, 3]],
  Average: [describeMerge((a, b) => layers.average().apply([a, b])), [null, 3]],
  Concatenate: [describeMerge((a, b) => layers.concatenate().apply([a, b])), [null, 6]],
  Maximum: [describeMerge((a, b) => layers.maximum().apply([a, b])), [null, 3]],
  Minimum: [describeMerge((a, b) => layers.minimum().apply([a, b])), [null, 3]],
  Multiply: [describeMerge((a, b) => layers.multiply().apply([a, b])), [null, 3]],
  Dot: [describeMerge((a, b) => layers.dot({ axes: 1 }).apply([a, b])), [null, 1]],
  BatchNormalization: [
    describeStack(layers.batchNormalization({ inputShape: image })),
    [null, 8, 8, 2],
  ],
  LayerNormalization: [describeStack(layers.layerNormalization({ inputShape: row })), [null, 4]],
  ReLU: [describeStack(layers.reLU({ maxValue: 6, inputShape: row })), [null, 4]],
  LeakyReLU: [describeStack(layers.leakyReLU({ alpha: 0.1, inputShape: row })), [null, 4]],
  PReLU: [describeStack(layers.prelu({ inputShape: row })), [null, 4]],
  ELU: [describeStack(layers.elu({ inputShape: row })), [null, 4]],
  ThresholdedReLU: [
    describeStack(layers.thresholdedReLU({ theta: 0.5, inputShape: row })),
    [null, 4],
  ],
  Softmax: [describeStack(layers.softmax({ inputShape: row })), [null, 4]],
  GaussianNoise: [describeStack(layers.gaussianNoise({ stddev: 0.1, inputShape: row })), [null, 4]],
  GaussianDropout: [
    describeStack(layers.gaussianDropout({ rate: 0.2, inputShape: row })),
    [null, 4],
  ],
  AlphaDropout: [describeStack(layers.alphaDropout({ rate: 0.2, inputShape: row })), [null, 4]],
};

type OwnLayer =
  | `Random${'Flip' | 'Rotation' | 'Zoom' | 'Translation' | 'Contrast' | 'Brightness'}`
  | `${'ZeroPadding' | 'Cropping' | 'UpSampling' | 'SeparableConv'}1D`
  | `${'' | 'Unit' | 'RMS'}Normalization`
  | `Adaptive${'Max' | 'Average'}Pooling${1 | 2}D`
  | 'CategoryEncoding'
  | 'Discretization'
  | 'Rescaling'
  | 'Resizing'
  | 'CenterCrop'
  | 'SpatialDropout2D'
  | 'Conv1DTranspose'
  | 'Identity'
  | 'ExpandDims'
  | 'Subtract'
  | 'DepthwiseConv1D'
  | 'EinsumDense'
  | 'GroupNormalization'
  | `${'' | 'Additive' | 'MultiHead'}Attention`
  | 'ConvLSTM1D';

/** The same for our own layers. */
export const ownModels: Models<OwnLayer> = {
  ConvLSTM1D: [
    describeStack(
      layers.convLstm1d({
        filters: 2,
        kernelSize: 3,
        padding: 'same',
        returnSequences: true,
        inputShape: [4, ...sequence],
      }),
    ),
    [null, 4, 6, 2],
  ],
  DepthwiseConv1D: [
    describeStack(
      layers.depthwiseConv1d({ kernelSize: 2, depthMultiplier: 2, inputShape: sequence }),
    ),
    [null, 5, 6],
  ],
  EinsumDense: [
    describeStack(
      layers.einsumDense({
        equation: 'abc,cd->abd',
        outputShape: [null, 5],
        biasAxes: 'd',
        inputShape: sequence,
      }),
    ),
    [null, 6, 5],
  ],
  GroupNormalization: [
    describeStack(layers.groupNormalization({ groups: 2, inputShape: image })),
    [null, 8, 8, 2],
  ],
  Attention: [
    describeAttention((query, value) =>
      layers.attention({ useScale: true, scoreMode: 'concat', seed: 3 }).apply([query, value]),
    ),
    [null, 6, 2],
  ],
  AdditiveAttention: [
    describeAttention((query, value) =>
      layers.additiveAttention({ useCausalMask: true, dropout: 0.1 }).apply([query, value]),
    ),
    [null, 6, 2],
  ],
  MultiHeadAttention: [
    describeAttention((query, value) =>
      layers
        .multiHeadAttention({
          numHeads: 2,
          keyDim: 3,
          valueDim: 4,
          outputShape: 5,
          attentionAxes: 1,
          slidingWindow: 2,
          useGate: true,
          flashAttention: false,
        })
        .apply([query, value]),
    ),
    [null, 6, 5],
  ],
  Identity: [describeStack(layers.identity({ inputShape: row })), [null, 4]],
  ExpandDims: [
    describeStack(layers.expandDims({ axis: 1, inputShape: sequence })),
    [null, 1, 6, 3],
  ],
  Subtract: [describeMerge((a, b) => layers.subtract().apply([a, b])), [null, 3]],
  AdaptiveMaxPooling1D: [
    describeStack(layers.adaptiveMaxPooling1d({ outputSize: 4, inputShape: sequence })),
    [null, 4, 3],
  ],
  AdaptiveMaxPooling2D: [
    describeStack(layers.adaptiveMaxPooling2d({ outputSize: [3, 2], inputShape: image })),
    [null, 3, 2, 2],
  ],
  AdaptiveAveragePooling1D: [
    describeStack(layers.adaptiveAveragePooling1d({ outputSize: 4, inputShape: sequence })),
    [null, 4, 3],
  ],
  AdaptiveAveragePooling2D: [
    describeStack(layers.adaptiveAveragePooling2d({ outputSize: 3, inputShape: image })),
    [null, 3, 3, 2],
  ],
  CategoryEncoding: [
    describeStack(layers.categoryEncoding({ numTokens: 7, outputMode: 'count', inputShape: row })),
    [null, 7],
  ],
  Discretization: [
    describeStack(
      layers.discretization({ binBoundaries: [0, 1], outputMode: 'one_hot', inputShape: row }),
    ),
    [null, 4, 3],
  ],
  RMSNormalization: [
    describeStack(layers.rmsNormalization({ axis: [1, 2], inputShape: sequence })),
    [null, 6, 3],
  ],
  UnitNormalization: [
    describeStack(layers.unitNormalization({ axis: [1, 2], inputShape: sequence })),
    [null, 6, 3],
  ],
  Normalization: [
    describeStack(
      layers.normalization({ mean: [1, 2, 3, 4], variance: [1, 4, 9, 16], inputShape: row }),
    ),
    [null, 4],
  ],
  Rescaling: [
    describeStack(layers.rescaling({ scale: 1 / 255, offset: [1, 2], inputShape: image })),
    [null, 8, 8, 2],
  ],
  Resizing: [
    describeStack(
      layers.resizing({ height: 3, width: 12, interpolation: 'nearest', inputShape: image }),
    ),
    [null, 3, 12, 2],
  ],
  CenterCrop: [
    describeStack(layers.centerCrop({ height: 4, width: 9, inputShape: image })),
    [null, 4, 9, 2],
  ],
  SpatialDropout2D: [
    describeStack(layers.spatialDropout2d({ rate: 0.2, seed: 3, inputShape: image })),
    [null, 8, 8, 2],
  ],
  ZeroPadding1D: [
    describeStack(layers.zeroPadding1d({ padding: [1, 2], inputShape: sequence })),
    [null, 9, 3],
  ],
  Cropping1D: [
    describeStack(layers.cropping1D({ cropping: [3, 1], inputShape: sequence })),
    [null, 2, 3],
  ],
  UpSampling1D: [
    describeStack(layers.upSampling1d({ size: 3, inputShape: sequence })),
    [null, 18, 3],
  ],
  SeparableConv1D: [
    describeStack(
      layers.separableConv1d({
        filters: 4,
        kernelSize: 3,
        padding: 'causal',
        depthMultiplier: 2,
        depthwiseInitializer: 'ones',
        pointwiseInitializer: 'heNormal',
        inputShape: sequence,
      }),
    ),
    [null, 6, 4],
  ],
  Conv1DTranspose: [
    describeStack(
      layers.conv1dTranspose({
        filters: 4,
        kernelSize: 3,
        strides: 2,
        outputPadding: 1,
        inputShape: sequence,
      }),
    ),
    [null, 14, 4],
  ],
  RandomFlip: [
    describeStack(layers.randomFlip({ mode: 'horizontal', inputShape: image })),
    [null, 8, 8, 2],
  ],
  RandomRotation: [
    describeStack(layers.randomRotation({ factor: 0.1, fillMode: 'nearest', inputShape: image })),
    [null, 8, 8, 2],
  ],
  RandomZoom: [
    describeStack(layers.randomZoom({ heightFactor: [-0.2, 0], inputShape: image })),
    [null, 8, 8, 2],
  ],
  RandomTranslation: [
    describeStack(
      layers.randomTranslation({ heightFactor: 0.1, widthFactor: [0, 0.2], inputShape: image }),
    ),
    [null, 8, 8, 2],
  ],
  RandomContrast: [
    describeStack(layers.randomContrast({ factor: 0.2, valueRange: [0, 1], inputShape: image })),
    [null, 8, 8, 2],
  ],
  RandomBrightness: [
    describeStack(layers.randomBrightness({ factor: 0.2, seed: 1, inputShape: image })),
    [null, 8, 8, 2],
  ],
};
