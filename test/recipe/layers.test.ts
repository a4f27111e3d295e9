import { expect, test } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { LayersModel, models as tfModels } from '@tensorflow/tfjs-layers';
import type { Layer, SymbolicTensor } from '../../grader/index.ts';
import { defineRecipe, input, layers, model, sequential } from '../../grader/index.ts';
import type { KerasObject, Recipe } from '../../grader/contract.ts';
import { snakeCase } from '../../grader/recipe/names.ts';
import { layerTable } from '../../grader/recipe/layers.ts';
import { runProgram } from '../engine/run-program.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { document, normalised } from './normalised.ts';

interface PlainTensorFlow {
  env(): { set(flag: string, value: boolean): void };
  readonly models: typeof tfModels;
  setBackend(name: string): Promise<boolean>;
}

const tf = createRequire(import.meta.url)('@tensorflow/tfjs') as PlainTensorFlow;
// Keeps TF.js from advertising its Node backend.
tf.env().set('PROD', true);

const training = {
  compile: { optimizer: 'adam', loss: 'mse' },
  fit: { epochs: 1 },
} as const;

function describeStack(...stack: readonly Layer[]): Recipe {
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

async function build(recipe: Recipe): Promise<LayersModel> {
  await tf.setBackend('cpu');
  // TF.js looks for this realm's Array, and changes the config that it is given.
  return tf.models.modelFromJSON(JSON.parse(JSON.stringify(recipe.model)) as never);
}

const row = [4];
const sequence = [6, 3];
const image = [8, 8, 2];

type Models<Name extends string> = Record<Name, [Recipe, (number | null)[]]>;

/** A small model around every layer that TF.js has, with the shape that must come out of it. */
const models: Models<Exclude<keyof typeof layerTable, OwnLayer>> = {
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
  | `${'' | 'Unit'}Normalization`
  | 'Rescaling'
  | 'Resizing'
  | 'CenterCrop'
  | 'SpatialDropout2D'
  | 'Conv1DTranspose'
  | 'Identity'
  | 'ExpandDims'
  | 'Subtract';

/** The same for our own layers. */
const ownModels: Models<OwnLayer> = {
  Identity: [describeStack(layers.identity({ inputShape: row })), [null, 4]],
  ExpandDims: [
    describeStack(layers.expandDims({ axis: 1, inputShape: sequence })),
    [null, 1, 6, 3],
  ],
  Subtract: [describeMerge((a, b) => layers.subtract().apply([a, b])), [null, 3]],
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

test.each(Object.entries(models))(
  'a model with %s builds in plain TF.js with the described shape and options',
  async (className, [recipe, outputShape]) => {
    const built = await build(recipe);
    expect(built.outputShape).toEqual(outputShape);
    const layer = built.layers.find((each) => each.getClassName() === className);
    const described = (
      recipe.model.config['layers'] as { class_name: string; config: object }[]
    ).find((each) => each.class_name === className);
    const options = spelledAsInKeras(layer?.getConfig() ?? {});
    const shared = Object.entries(described?.config ?? {}).filter(
      ([key, value]) => isScalar(value) && isScalar(options[key]),
    );
    expect(shared.length).toBeGreaterThan(1);
    expect(Object.fromEntries(shared.map(([key]) => [key, options[key]]))).toEqual(
      Object.fromEntries(shared),
    );
  },
);

// What the trainer builds itself, because plain TF.js has not what Keras means.
test('plain TF.js refuses GRU with the reset gate where Keras has it', async () => {
  const keras = describeStack(layers.gru({ units: 5, inputShape: sequence }));
  await expect(build(keras)).rejects.toThrow('reset_after');
});

test('plain TF.js takes causal padding for valid', async () => {
  const conv = layers.conv1d({
    filters: 2,
    kernelSize: 3,
    padding: 'causal',
    inputShape: sequence,
  });
  const built = await build(describeStack(conv));
  expect(built.outputShape).toEqual([null, 4, 2]);
});

/** Options that change what a layer is, rather than how it starts. */
const stacksOfOptions: readonly Layer[] = [
  layers.reLU({ maxValue: 2, negativeSlope: 0.1, threshold: 0.2, inputShape: row }),
  layers.elu({ alpha: 0.7, inputShape: row }),
  layers.prelu({ sharedAxes: [1], inputShape: sequence }),
  layers.softmax({ axis: [1, 2], inputShape: sequence }),
  layers.normalization({
    axis: [1, 2],
    mean: [1, 2, 3],
    variance: [1, 2, 4],
    invert: true,
    inputShape: sequence,
  }),
  layers.layerNormalization({
    axis: [1, 2],
    epsilon: 0.1,
    gammaConstraint: 'nonNeg',
    betaRegularizer: 'l2',
    inputShape: sequence,
  }),
  layers.batchNormalization({ axis: 1, momentum: 0.9, center: false, inputShape: sequence }),
  layers.dense({
    units: 2,
    activation: 'keras2HardSigmoid',
    useBias: false,
    kernelRegularizer: 'l1l2',
    kernelConstraint: { class_name: 'MaxNorm', config: { max_value: 3, axis: [0, 1] } },
    trainable: false,
    inputShape: row,
  }),
  layers.conv1d({
    filters: 3,
    kernelSize: 2,
    padding: 'causal',
    dilationRate: 2,
    groups: 3,
    inputShape: sequence,
  }),
  layers.conv2d({ filters: 4, kernelSize: [2, 3], strides: 2, groups: 2, inputShape: image }),
  layers.separableConv2d({
    filters: 4,
    kernelSize: 3,
    depthMultiplier: 2,
    activation: 'leakyRelu',
    inputShape: image,
  }),
  layers.conv2dTranspose({
    filters: 1,
    kernelSize: 2,
    outputPadding: [0, 1],
    strides: 2,
    inputShape: image,
  }),
  layers.upSampling2d({ interpolation: 'bilinear', inputShape: image }),
  layers.maxPooling2d({ padding: 'same', strides: 1, inputShape: image }),
  layers.globalMaxPooling1d({ keepdims: true, inputShape: sequence }),
  layers.globalAveragePooling2d({ keepdims: true, inputShape: image }),
  layers.gru({
    units: 2,
    activation: 'hardTanh',
    resetAfter: false,
    dropout: 0.1,
    recurrentDropout: 0.2,
    seed: 4,
    zeroOutputForMask: true,
    goBackwards: true,
    returnSequences: true,
    inputShape: sequence,
  }),
  layers.lstm({
    units: 2,
    unitForgetBias: false,
    recurrentActivation: 'hardSigmoid',
    implementation: 1,
    inputShape: sequence,
  }),
  layers.bidirectional({
    layer: layers.gru({ units: 2, returnSequences: true, seed: 1 }),
    mergeMode: 'ave',
    inputShape: sequence,
  }),
  layers.dropout({ rate: 0.2, noiseShape: [null, 1, 3], seed: 7, inputShape: sequence }),
  layers.spatialDropout1d({ rate: 0.2, seed: 7, inputShape: sequence }),
  layers.gaussianNoise({ stddev: 0.2, seed: 7, inputShape: row }),
  layers.gaussianDropout({ rate: 0.2, seed: 7, inputShape: row }),
  layers.alphaDropout({ rate: 0.2, seed: 7, noiseShape: [null, 1], inputShape: row }),
  layers.randomZoom({
    heightFactor: 0.2,
    widthFactor: [-0.1, 0.2],
    fillMode: 'constant',
    fillValue: 0.5,
    interpolation: 'nearest',
    seed: 3,
    inputShape: image,
  }),
];

interface BuiltModel {
  readonly outputShape?: (number | null)[];
  readonly saved?: KerasObject;
  readonly error?: string;
}

/** What the engine makes of models, without their data. */
async function buildInEngine(recipes: readonly Recipe[]): Promise<readonly BuiltModel[]> {
  const file = join(temporaryFolder(), 'models.json');
  writeFileSync(file, JSON.stringify(recipes.map(({ model: config }) => config)));
  return runProgram<BuiltModel>('built-models.js', file);
}

test('every layer builds in the engine with the described shape', async () => {
  const all = Object.entries({ ...models, ...ownModels });
  const built = await buildInEngine(all.map(([, [recipe]]) => recipe));
  const found = built.map(({ outputShape, error }, index) => [all[index]?.[0], outputShape, error]);
  expect(found).toEqual(all.map(([className, [, shape]]) => [className, shape, undefined]));
});

test('a size that is not known stays unknown, or becomes what the layer makes of any', async () => {
  const line = [null, 2];
  const picture = [null, null, 2];
  const cases: [Layer, (number | null)[]][] = [
    [layers.expandDims({ axis: -1, inputShape: line }), [null, null, 2, 1]],
    [layers.zeroPadding1d({ padding: 2, inputShape: line }), [null, null, 2]],
    [layers.cropping1D({ inputShape: line }), [null, null, 2]],
    [layers.upSampling1d({ inputShape: line }), [null, null, 2]],
    [
      layers.separableConv1d({ filters: 4, kernelSize: 3, padding: 'causal', inputShape: line }),
      [null, null, 4],
    ],
    [
      layers.conv1dTranspose({ filters: 4, kernelSize: 3, strides: 2, inputShape: line }),
      [null, null, 4],
    ],
    [
      layers.conv1d({ filters: 4, kernelSize: 3, groups: 2, padding: 'causal', inputShape: line }),
      [null, null, 4],
    ],
    [
      layers.conv2d({ filters: 4, kernelSize: 3, groups: 2, inputShape: picture }),
      [null, null, null, 4],
    ],
    [layers.resizing({ height: 3, width: 4, inputShape: picture }), [null, 3, 4, 2]],
    [layers.centerCrop({ height: 3, width: 4, inputShape: picture }), [null, 3, 4, 2]],
    [layers.globalMaxPooling1d({ keepdims: true, inputShape: line }), [null, 1, 2]],
    [layers.globalAveragePooling2d({ keepdims: true, inputShape: picture }), [null, 1, 1, 2]],
    [layers.randomFlip({ inputShape: picture }), [null, null, null, 2]],
    [layers.normalization({ mean: 1, variance: 2, inputShape: line }), [null, null, 2]],
    [layers.layerNormalization({ inputShape: line }), [null, null, 2]],
  ];
  const built = await buildInEngine(cases.map(([layer]) => describeStack(layer)));
  const found = built.map(({ outputShape, error }) => error ?? outputShape);
  expect(found).toEqual(cases.map(([, shape]) => shape));
});

test('options that do not fit a layer or its input are refused when the model is built', async () => {
  const mean = { mean: [1, 2, 3], variance: [1, 2, 3] };
  const cases: [Layer, string][] = [
    [layers.expandDims({ axis: 0, inputShape: row }), 'cannot put axis 0 into an input of 2 axes'],
    [
      layers.cropping1D({ cropping: [4, 2], inputShape: sequence }),
      'takes 6 steps off a sequence of 6',
    ],
    [layers.conv1d({ filters: 4, kernelSize: 1, groups: 3, inputShape: sequence }), '4 filters'],
    [layers.conv2d({ filters: 6, kernelSize: 1, groups: 3, inputShape: image }), '2 channels'],
    [layers.softmax({ axis: 2, inputShape: row }), 'axis 2 does not exist'],
    [layers.unitNormalization({ axis: [1, 3], inputShape: sequence }), 'axis 3 does not exist'],
    [layers.normalization({ ...mean, inputShape: row }), 'statistics of shape [3]'],
    [layers.normalization({ ...mean, axis: 1, inputShape: [null, 3] }), 'size of axis 1'],
    [layers.normalization({ mean: 1, inputShape: row }), 'both mean and variance'],
    [
      layers.rescaling({ scale: [1, 2], inputShape: sequence }),
      '2 numbers in scale for an axis of 3',
    ],
    [layers.resizing({ height: 2, width: 2, inputShape: sequence }), 'ndim=4'],
    [layers.randomFlip({ inputShape: sequence }), 'ndim=4'],
    [
      layers.separableConv1d({
        filters: 2,
        kernelSize: 2,
        strides: 2,
        dilationRate: 2,
        inputShape: sequence,
      }),
      'strides above 1 and a dilation_rate above 1',
    ],
  ];
  const built = await buildInEngine(cases.map(([layer]) => describeStack(layer)));
  const heard = built.map(({ error }, index) => error?.includes(cases[index]?.[1] ?? '') ?? null);
  expect(heard).toEqual(cases.map(() => true));
  expect(built.filter(({ error }) => !error?.startsWith('The model cannot be built: '))).toEqual(
    [],
  );
});

test('every layer that the engine saves is read again as the same layer', async () => {
  const recipes = [
    ...Object.values({ ...models, ...ownModels }).map(([recipe]) => recipe),
    ...stacksOfOptions.map((layer) => describeStack(layer)),
  ];
  const built = await buildInEngine(recipes);
  const again = built.map(({ saved, error }) => {
    if (!saved) throw new Error(error);
    return normalised(document({ model: withoutNoise(saved) }));
  });
  expect(again.map(comparedLayers)).toEqual(recipes.map(comparedLayers));
});

test('every activation of a recipe exists in the engine', async () => {
  const names = layerTable.Dense.options.activation.schema['enum'] as never[];
  const stacked = names.map((activation) => layers.activation({ activation }));
  const recipe = describeStack(layers.inputLayer({ inputShape: row }), ...stacked);
  const [built] = await buildInEngine([recipe]);
  expect(built?.error).toBeUndefined();
  expect(built?.outputShape).toEqual([null, 4]);
});

test('a functional model with a shared layer keeps its calls apart', async () => {
  const x = input({ shape: [4] });
  const shared = layers.dense({ units: 4 });
  shared.apply(input({ shape: [4] }));
  const twice = shared.apply(layers.reLU().apply(shared.apply(x)));
  const recipe = normalised(
    defineRecipe({
      model: model({ inputs: x, outputs: layers.add().apply([twice, x]) }),
      ...training,
    }),
  );
  const built = await build(recipe);
  expect(built.layers.map((layer) => layer.name)).toEqual(['input_layer', 'dense', 're_lu', 'add']);
  expect(built.countParams()).toBe(20);
});

function isScalar(value: unknown): boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}

/** TF.js's own config, whose keys and words are camelCase. */
function spelledAsInKeras(config: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(config).map(([key, value]: [string, unknown]) => [
      snakeCase(key),
      typeof value === 'string' && key !== 'name' ? snakeCase(value) : value,
    ]),
  );
}

/** TF.js writes null for what no layer has, and versions beside the model. */
function withoutNoise({ class_name, config }: KerasObject): KerasObject {
  const { name, layers: saved, input_layers, output_layers } = config;
  const ends = input_layers ? { input_layers, output_layers } : {};
  return {
    class_name,
    config: { name, layers: (saved as KerasObject[]).map(plainLayer), ...ends },
  };
}

function plainLayer(layer: KerasObject): KerasObject {
  const { activity_regularizer, ...config } = layer.config;
  expect(activity_regularizer ?? null).toBeNull();
  const wrapped = config['layer'] as KerasObject | undefined;
  return { ...layer, config: wrapped ? { ...config, layer: plainLayer(wrapped) } : config };
}

/**
 * How weights begin is left out: TF.js saves every initializer as what it is made from. Strides of
 * pooling and the length of an Embedding's input are written where they were implied.
 */
function comparedLayers({ model: { config } }: Recipe): unknown {
  const text = JSON.stringify(config['layers'], (key, value: unknown) =>
    key.endsWith('_initializer') ? undefined : value,
  );
  const compared = JSON.parse(text) as { class_name: string; config: Record<string, unknown> }[];
  for (const { class_name, config: options } of compared) {
    if ('pool_size' in options) options['strides'] ??= options['pool_size'];
    if (class_name === 'Embedding') delete options['batch_input_shape'];
  }
  return compared;
}
