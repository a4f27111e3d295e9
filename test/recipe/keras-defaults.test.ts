import { expect, test } from '@jest/globals';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KerasObject } from '../../grader/contract.ts';
import { packageRoot } from '../../grader/package-root.ts';
import { layerTable } from '../../grader/recipe/layers.ts';
import { mergeLayers } from '../../grader/recipe/layers/merging.ts';
import { optimizerTable } from '../../grader/recipe/optimizers.ts';
import { keyOf } from '../../grader/recipe/option.ts';
import type { OptionTable } from '../../grader/recipe/option.ts';
import { fixtureTest, kerasFixtures } from '../support/fixtures.ts';
import { document, normalised } from './normalised.ts';

const fixtures = kerasFixtures ?? '';

/** Options that no fixture has at its default, or that Keras and TF.js name differently. */
const notCompared = ['name', 'layer', 'implementation', 'input_length'];

fixtureTest('layers that say nothing but what they must get the defaults that Keras writes', () => {
  const compared = new Set<string>();
  const differing = new Set<string>();
  for (const layer of kerasLayers()) {
    const table: OptionTable = layerTable[layer.class_name as keyof typeof layerTable].options;
    const filled = fillIn(layer, table);
    for (const [name, option] of Object.entries(table)) {
      const key = [keyOf(name, option), ...(option.also ?? [])].find(
        (each) => each in layer.config,
      );
      if (option.required || key === undefined || notCompared.includes(key)) continue;
      const kerasValue = plain(layer.config[key]);
      const isEqual =
        JSON.stringify(kerasValue) === JSON.stringify(plain(filled[keyOf(name, option)]));
      (isEqual ? compared : differing).add(`${layer.class_name}.${keyOf(name, option)}`);
    }
  }
  const never = [...differing].filter((option) => !compared.has(option)).sort();
  expect(never).toEqual(alwaysSet);
  expect(compared.size).toBeGreaterThan(150);
});

/**
 * Set by every fixture to something else; the strides of pooling are null for Keras's pool size. Keras
 * writes the one axis of Normalization as a list, and the backward layer that Bidirectional makes.
 */
const alwaysSet = [
  'AveragePooling2D.padding',
  'AveragePooling2D.strides',
  'Bidirectional.backward_layer',
  'Conv1D.activation',
  'DepthwiseConv2D.depth_multiplier',
  'DepthwiseConv2D.padding',
  'ELU.alpha',
  'MaxPooling2D.strides',
  'Normalization.axis',
  'PReLU.alpha_initializer',
  'PReLU.shared_axes',
  'RandomFlip.mode',
  'SeparableConv2D.activation',
  'Softmax.axis',
  'ZeroPadding2D.padding',
];

interface KerasDefaults extends KerasObject {
  readonly required: readonly string[];
}

test('every layer has the options of Keras 3, with the same defaults', () => {
  const file = join(packageRoot, 'test', 'fixtures', 'layer-defaults.json');
  const { layers } = JSON.parse(readFileSync(file, 'utf8')) as { layers: KerasDefaults[] };
  const differing = layers.flatMap(({ class_name, required, config }) => {
    const table: OptionTable = layerTable[class_name as keyof typeof layerTable].options;
    const filled = fillIn({ class_name, config }, table, required);
    const keyOfKeras = (key: string) =>
      Object.entries(table).find(([, { also = [] }]) => also.includes(key))?.[0] ?? key;
    return Object.entries(config)
      .filter(([key]) => !required.includes(key))
      .filter(([key, value]) => !isEqual(plain(value), plain(filled[keyOfKeras(key)])))
      .map(([key]) => `${class_name}.${key}`);
  });
  expect(layers.length).toBe(80);
  const unknown = /\.(activity_regularizer|quantization_config)$/;
  expect(differing.filter((option) => !unknown.test(option))).toEqual(writtenOtherwise);
});

/**
 * Strides of pooling are null for Keras's pool size, the size of values for that of keys, one axis is no
 * list; `renorm` is not there, nor what adapts a Discretization.
 */
const writtenOtherwise = [
  'AveragePooling1D.strides',
  'AveragePooling2D.strides',
  'BatchNormalization.renorm_clipping',
  'BatchNormalization.renorm_momentum',
  'Discretization.num_bins',
  'Discretization.epsilon',
  'MaxPooling1D.strides',
  'MaxPooling2D.strides',
  'MultiHeadAttention.value_dim',
  'Normalization.axis',
];

function isEqual(first: unknown, second: unknown): boolean {
  return JSON.stringify(first) === JSON.stringify(second);
}

fixtureTest('optimizers have the hyperparameters that Keras saves', () => {
  for (const { class_name, config } of kerasOptimizers()) {
    const { options } = optimizerTable[class_name as keyof typeof optimizerTable];
    const ours = Object.entries(options as OptionTable).map(([name, option]) =>
      keyOf(name, option),
    );
    const administration = /^(name|ema_|loss_scale|jit|is_legacy)/;
    const theirs = Object.keys(config).filter((key) => !administration.test(key));
    expect([class_name, ...ours.sort()]).toEqual([class_name, ...theirs.sort()]);
  }
});

function kerasLayers(): readonly KerasObject[] {
  return readdirSync(join(fixtures, 'models')).flatMap((id) => {
    const file = join(fixtures, 'models', id, 'model.json');
    if (!existsSync(file)) return [];
    const model = JSON.parse(readFileSync(file, 'utf8')) as { config: { layers: KerasObject[] } };
    const all = model.config.layers.flatMap((layer) => {
      const wrapped = layer.config['layer'] as KerasObject | undefined;
      return wrapped ? [layer, wrapped] : [layer];
    });
    return all.filter(({ class_name }) => class_name in layerTable && class_name !== 'InputLayer');
  });
}

function kerasOptimizers(): readonly KerasObject[] {
  return readdirSync(join(fixtures, 'train')).flatMap((id) => {
    const meta = JSON.parse(readFileSync(join(fixtures, 'train', id, 'meta.json'), 'utf8')) as {
      runs: { optimizer: KerasObject }[];
    };
    return meta.runs
      .map(({ optimizer }) => optimizer)
      .filter(({ class_name }) => class_name in optimizerTable);
  });
}

function fillIn(
  { class_name, config }: KerasObject,
  table: OptionTable,
  required: readonly string[] = requiredOf(table),
): Record<string, unknown> {
  const must = required.map((key) => [key, plain(config[key])]);
  if (class_name === 'Bidirectional' || class_name === 'TimeDistributed') {
    must.splice(0, 1, ['layer', { class_name: 'LSTM', config: { units: 1 } }]);
  }
  const input = { class_name: 'InputLayer', config: { input_shape: [4] }, name: 'x' };
  const from = Array.from({ length: class_name in mergeLayers ? 2 : 1 }, () => ['x', 0, 0, {}]);
  const layer = { class_name, config: Object.fromEntries(must) as object, name: 'y' };
  const layers = [
    { ...input, inbound_nodes: [] },
    { ...layer, inbound_nodes: class_name === 'InputLayer' ? [] : [from] },
  ];
  const graph = { layers, input_layers: [['x', 0, 0]], output_layers: [['y', 0, 0]] };
  const recipe = normalised(document({ model: { class_name: 'Functional', config: graph } }));
  const [, filled] = recipe.model.config['layers'] as { config: Record<string, unknown> }[];
  return filled?.config ?? {};
}

function requiredOf(table: OptionTable): readonly string[] {
  const entries = Object.entries(table).filter(([, option]) => option.required);
  return entries.map(([name, option]) => keyOf(name, option));
}

/** Without the parts of Keras's JSON that say where a class lives, and with keys in order. */
function plain(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(plain);
  const dropped = ['module', 'registered_name', 'build_config', 'input_axes', 'output_axes'];
  const entries = Object.entries(value).filter(([key]) => !dropped.includes(key));
  return Object.fromEntries(
    entries.sort(([a], [b]) => a.localeCompare(b)).map(([key, each]) => [key, plain(each)]),
  );
}
