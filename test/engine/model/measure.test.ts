import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KerasObject } from '../../../grader/contract.ts';
import { measureModel } from '../../../grader/engine/model/measure-model.ts';
import { modelFacts } from '../../../grader/engine/model/model-facts.ts';
import { planModel } from '../../../grader/engine/model/plan-model.ts';
import { surveyModel } from '../../../grader/engine/model/survey-model.ts';
import { toFailure } from '../../../grader/errors.ts';
import {
  defineRecipe,
  input,
  layers,
  model as modelOf,
  type Layer,
} from '../../../grader/index.ts';
import { convertModel } from '../../../grader/keras/convert/convert-model.ts';
import { packageRoot } from '../../../grader/package-root.ts';
import { normaliseModel } from '../../../grader/recipe/normalise.ts';
import { productOf, sumOf } from '../../../grader/sizes.ts';
import { findProblem } from '../../../problems/index.ts';
import { describeStack, training } from '../../recipe/layer-models.ts';
import { normalised } from '../../recipe/normalised.ts';

interface Fixture {
  readonly keras: string;
  readonly cases: readonly {
    readonly name: string;
    readonly multiplyAdds: number;
    readonly model: KerasObject;
  }[];
}

const fixture = JSON.parse(
  readFileSync(join(packageRoot, 'test/fixtures/multiply-adds.json'), 'utf8'),
) as Fixture;

function multiplyAdds(model: KerasObject, longest = 64): number {
  return modelFacts(planModel(model), longest).multiplyAdds;
}

test.each(fixture.cases.map(({ name, ...rest }) => [name, rest] as const))(
  'multiply-adds as TensorFlow counts them: %s',
  (_, { model, multiplyAdds: expected }) => {
    const converted = convertModel({ config: model, kerasVersion: fixture.keras }).model;
    expect(multiplyAdds(normaliseModel(converted).model)).toBe(expected);
  },
);

const gru = layers.gru({ units: 3, returnSequences: true });

test.each<[string, number, ...Layer[]]>([
  // One example: b, c and d.
  [
    'EinsumDense',
    5 * 6 * 7,
    layers.einsumDense({ equation: 'abc,cd->abd', outputShape: [5, 7], inputShape: [5, 6] }),
  ],
  // 5 places of 3 steps, 4 channels, 2 kernels for each.
  [
    'DepthwiseConv1D',
    5 * 3 * 4 * 2,
    layers.depthwiseConv1d({ kernelSize: 3, depthMultiplier: 2, inputShape: [7, 4] }),
  ],
  // The same, and a mix of 8 channels to 6.
  [
    'SeparableConv1D',
    5 * 3 * 8 + 5 * 8 * 6,
    layers.separableConv1d({
      ...{ filters: 6, kernelSize: 3, depthMultiplier: 2, inputShape: [7, 4] },
    }),
  ],
  [
    'Conv1DTranspose',
    7 * 4 * 3 * 6,
    layers.conv1dTranspose({
      ...{ filters: 6, kernelSize: 3, strides: 2, inputShape: [7, 4] },
    }),
  ],
  // A kernel of 3 that reaches over 5 steps; each of 2 groups sees half of the channels.
  [
    'Conv1D',
    3 * 3 * 2 * 6,
    layers.conv1d({
      ...{ filters: 6, kernelSize: 3, dilationRate: 2, groups: 2, inputShape: [7, 4] },
    }),
  ],
  [
    'TimeDistributed GRU',
    5 * 4 * (2 + 3) * 9,
    layers.timeDistributed({
      ...{ layer: gru, inputShape: [5, 4, 2] },
    }),
  ],
  ['no products', 0, layers.maxPooling2d({ inputShape: [8, 8, 3] }), layers.batchNormalization()],
])('multiply-adds by hand: %s', (_, expected, ...stack) => {
  expect(multiplyAdds(describeStack(...stack).model)).toBe(expected);
});

test('a summary says which layers each layer takes: those of all its calls, once', () => {
  const x = input({ shape: [4] });
  const shared = layers.dense({ units: 4, name: 'shared' });
  const [first, second] = [shared.apply(x), layers.activation({ activation: 'relu' }).apply(x)];
  const outputs = layers.add().apply([first, shared.apply(second), first]);
  const recipe = normalised(defineRecipe({ model: modelOf({ inputs: x, outputs }), ...training }));
  const { layers: found } = surveyModel({ model: recipe.model, weights: null });
  const names = found.map(({ name }) => name);
  const before = found.map(({ inputs = [] }) => inputs.map((place) => names[place]));
  expect(Object.fromEntries(names.map((name, at) => [name, before[at]]))).toEqual({
    [String(names[0])]: [],
    activation: [names[0]],
    shared: [names[0], 'activation'],
    add: ['shared'],
  });
  const chain = describeStack(
    layers.dense({ units: 2, inputShape: [3] }),
    layers.dropout({ rate: 0.5 }),
  );
  const { layers: stacked } = surveyModel({ model: chain.model, weights: null });
  expect(stacked.map(({ inputs }) => inputs)).toEqual([[], [0]]);
});

test('an axis without a size is as long as it may be', () => {
  const { model } = describeStack(layers.lstm({ units: 2, inputShape: [null, 3] }));
  expect([10, 20].map((longest) => multiplyAdds(model, longest))).toEqual([400, 800]);
  const windows = layers.conv1d({ filters: 2, kernelSize: 30, inputShape: [null, 3] });
  expect(multiplyAdds(describeStack(windows).model, 20)).toBe(0);
});

test('sums and products of sizes are exact, or a limit', () => {
  expect([productOf([]), productOf([3, 0, 5]), sumOf([]), sumOf([1, 2])]).toEqual([1, 0, 0, 3]);
  expect(productOf([2 ** 26, 2 ** 26])).toBe(2 ** 52);
  expect(() => productOf([94_906_267, 94_906_267])).toThrow('94906267 x 94906267 is more than');
  expect(() => sumOf([Number.MAX_SAFE_INTEGER, 1])).toThrow('is more than can be counted exactly');
});

const million = 1_000_000;

test.each<[string, string, ...Layer[]]>([
  [
    'an input',
    'Layer dense: 1000000 x 1000000 x 1000000',
    layers.dense({ units: 1, inputShape: [million, million, million], name: 'dense' }),
  ],
  [
    'products that are each small enough',
    'Layer first: 1000000000000 x 1000000 is more',
    layers.dense({ units: million, inputShape: [million, million], name: 'first' }),
    layers.dense({ units: million, name: 'second' }),
  ],
  [
    'sizes that would be Infinity',
    'Layer up_sampling1d_2: 18446744073709552000 x 1 is more',
    layers.upSampling1d({ size: 65_536, inputShape: [65_536, 1] }),
    ...Array.from({ length: 100 }, () => layers.upSampling1d({ size: 65_536 })),
  ],
  [
    'weights',
    'Layer flat: ',
    layers.flatten({ inputShape: [million, million] }),
    layers.dense({ units: million, name: 'flat' }),
  ],
])('sizes beyond 2^53 are a limit that names the layer: %s', (_, words, ...stack) => {
  const { model } = describeStack(...stack);
  const failure = failureOf(() => surveyModel({ model, weights: null }));
  expect(failure).toMatchObject({ fault: 'limit', code: 'too-large-to-count' });
  expect(failure?.message).toContain(words);
});

test('weights that can be counted each and not together are told with the one they end at', () => {
  const { model } = describeStack(
    layers.flatten({ inputShape: [million, million] }),
    layers.dense({ units: 8000, useBias: false, name: 'first' }),
    layers.reshape({ targetShape: [8000, 1] }),
    layers.upSampling1d({ size: 50_000 }),
    layers.upSampling1d({ size: 10 }),
    layers.flatten(),
    layers.dense({ units: million, name: 'second' }),
  );
  const failure = failureOf(() => surveyModel({ model, weights: null }));
  expect(failure?.message).toBe(
    'weight second/kernel: 8000000000000000 + 4000000000000000 is more than can be counted exactly (9007199254740991).',
  );
});

test('a model for a problem is refused by the same words', () => {
  const { definition } = findProblem('regression');
  const input = { ...definition.input, shapes: [[million, million]] };
  const outputs = [{ shape: [million], description: '' }];
  const problem = { ...definition, input, outputs };
  const stack = [
    layers.flatten({ inputShape: [million, million] }),
    layers.dense({ units: million, name: 'wide' }),
  ];
  const { model } = describeStack(...stack);
  const use = { kind: 'training', batch: 1 } as const;
  expect(failureOf(() => measureModel({ model, problem, use }))).toMatchObject({
    ...{ fault: 'limit', code: 'too-large-to-count' },
    message: expect.stringMatching(/^Layer wide: weight wide\/kernel: 1000000000000 x 1000000 is/),
  });
});

function failureOf(work: () => unknown) {
  try {
    work();
    return null;
  } catch (error) {
    return toFailure(error);
  }
}
