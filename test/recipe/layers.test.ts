import { expect, test } from '@jest/globals';
import { createRequire } from 'node:module';
import type { LayersModel, models as tfModels } from '@tensorflow/tfjs';
import type { Recipe } from '../../grader/contract.ts';
import { defineRecipe, input, layers, model } from '../../grader/index.ts';
import { snakeCase } from '../../grader/recipe/names.ts';
import { describeStack, models, sequence, training } from './layer-models.ts';
import { normalised } from './normalised.ts';

interface PlainTensorFlow {
  env(): { set(flag: string, value: boolean): void };
  readonly models: typeof tfModels;
  setBackend(name: string): Promise<boolean>;
}

const tf = createRequire(import.meta.url)('@tensorflow/tfjs') as PlainTensorFlow;
// Keeps TF.js from advertising its Node backend.
tf.env().set('PROD', true);
async function build(recipe: Recipe): Promise<LayersModel> {
  await tf.setBackend('cpu');
  // TF.js looks for this realm's Array, and changes the config that it is given.
  return tf.models.modelFromJSON(JSON.parse(JSON.stringify(recipe.model)) as never);
}

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
