import { expect, test } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KerasObject, Recipe } from '../../grader/contract.ts';
import type { Layer } from '../../grader/index.ts';
import { layers } from '../../grader/index.ts';
import { layerTable } from '../../grader/recipe/layers.ts';
import { runProgram } from '../engine/run-program.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { describeStack, image, models, ownModels, row, sequence } from './layer-models.ts';
import { document, normalised } from './normalised.ts';

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
  return runProgram<BuiltModel>('model/built-models.js', file);
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
