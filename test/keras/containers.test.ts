import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ArraySource, Container, LayerPath } from '../../grader/keras/container.ts';
import { arraysOfLayer } from '../../grader/keras/containers/layer-arrays.ts';
import { openContainer } from '../../grader/keras/containers/open-container.ts';
import { fixtureTest, kerasFixtures } from '../support/fixtures.ts';
import { fixtureWeights, kerasFiles } from '../support/keras-models.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

fixtureTest.each(kerasFiles())('the weights of $title are those that Keras had', async (file) => {
  const container = await openContainer(file.path, file.format, { scratch: temporaryFolder() });
  try {
    const expected = fixtureWeights(file.model, file.isLegacy);
    const layers = layersOf(container);
    for (const path of layers) {
      const arrays = container.weights?.(path).map(contentOf);
      expect({ path, arrays }).toEqual({
        path,
        arrays: arraysOfLayer(expected, path).map(({ shape, values }) => ({ shape, values })),
      });
    }
    const read = layers.flatMap((path) => container.weights?.(path) ?? []);
    expect(read).toHaveLength(expected.length);
  } finally {
    container.close();
  }
});

fixtureTest('the facts of a file are read with it', async () => {
  const facts = async (name: string, format: 'keras-zip' | 'keras-hdf5' | 'tfjs-layers') => {
    const path = join(kerasFixtures ?? '', 'models', name);
    const container = await openContainer(path, format, { scratch: temporaryFolder() });
    container.close();
    const { kerasVersion, optimizerBytes, compile } = container;
    return { kerasVersion, optimizerBytes, compiled: compile !== null };
  };
  expect(await facts('nlp_bilstm_stacked/model.keras', 'keras-zip')).toEqual({
    kerasVersion: '3.15.1',
    optimizerBytes: 10956,
    compiled: true,
  });
  expect(await facts('nlp_bilstm_stacked/legacy/model_2_9_style.h5', 'keras-hdf5')).toEqual({
    kerasVersion: '2.9.0',
    optimizerBytes: expect.any(Number),
    compiled: true,
  });
  expect(await facts('mlp_flatten_28x28/tfjs_native/model.json', 'tfjs-layers')).toEqual({
    kerasVersion: 'tfjs-layers 4.22.0',
    optimizerBytes: 0,
    compiled: false,
  });
});

fixtureTest('an architecture without weights is read from JSON', async () => {
  const path = join(kerasFixtures ?? '', 'models/reg_norm/model.json');
  const container = await openContainer(path, 'keras-json', { scratch: temporaryFolder() });
  expect(container.config).toEqual(JSON.parse(readFileSync(path, 'utf8')));
  expect(container.weights).toBeNull();
});

function contentOf(source: ArraySource) {
  const pieces = Array.from(source.pieces(), (piece) => piece.slice());
  const values = source.read();
  expect(Float32Array.from(pieces.flatMap((piece) => [...piece]))).toEqual(values);
  return { shape: source.shape, values };
}

interface Entry {
  readonly class_name: string;
  readonly module?: string;
  readonly config: { readonly name: string; readonly layers?: readonly Entry[] };
}

/** Every layer of a model and of the models in it, with its group as Keras 3 names it. */
function layersOf({ config }: Container): readonly LayerPath[] {
  return pathsIn((config as Entry).config.layers ?? [], []);
}

function pathsIn(layers: readonly Entry[], around: LayerPath): readonly LayerPath[] {
  const seen = new Map<string, number>();
  return layers.flatMap(({ class_name: className, module = '', config }) => {
    if (module.includes('.ops.')) return [];
    const snake = className
      .replace(/(.)([A-Z][a-z]+)/g, '$1_$2')
      .replace(/([a-z])([A-Z])/g, '$1_$2');
    const base = snake.toLowerCase();
    const count = seen.get(base) ?? 0;
    seen.set(base, count + 1);
    const path = [...around, { name: config.name, group: count === 0 ? base : `${base}_${count}` }];
    return config.layers ? pathsIn(config.layers, path) : [path];
  });
}

test('a layer of a model within a model is told from one of the same name beside it', () => {
  const arrays = ['a/dense/kernel', 'b/dense/kernel', 'b/dense/bias', 'other/kernel'].map(
    (name) => ({
      name,
    }),
  );
  const path = (...names: string[]) => names.map((name) => ({ name, group: name }));
  expect(arraysOfLayer(arrays, path('b', 'dense'))).toEqual(arrays.slice(1, 3));
  expect(arraysOfLayer(arrays, path('unnamed', 'other'))).toEqual(arrays.slice(3));
  expect(arraysOfLayer(arrays, path('kernel'))).toEqual([]);
  const slashed = [{ name: 'densenet/conv1/bn/gamma' }, { name: 'densenet/conv1/conv/kernel' }];
  expect(arraysOfLayer(slashed, path('densenet', 'conv1/bn'))).toEqual(slashed.slice(0, 1));
  const ends = [{ name: 'conv1/bn/gamma' }, { name: 'bn/gamma' }];
  expect(arraysOfLayer(ends, path('densenet', 'bn'))).toEqual(ends.slice(1));
});
