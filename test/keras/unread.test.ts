import { expect, test } from '@jest/globals';
import h5wasm from 'h5wasm';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { toFailure } from '../../grader/errors.ts';
import type { ContainerFormat } from '../../grader/keras/container.ts';
import { openContainer } from '../../grader/keras/containers/open-container.ts';
import { storedZip } from '../support/stored-zip.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const config = JSON.stringify({ class_name: 'Sequential', config: { name: 's', layers: [] } });

/** Attributes beside those of Keras, at the file, its weights and a layer, and a group. */
async function hdf5(): Promise<Uint8Array> {
  const { FS } = await h5wasm.ready;
  const file = new h5wasm.File('/unread.h5', 'w');
  file.create_attribute('model_config', config);
  file.create_attribute('author', 'me');
  file.create_group('notebook');
  const weights = file.create_group('model_weights');
  weights.create_attribute('layer_names', ['dense']);
  weights.create_attribute('threshold', 'half');
  const layer = weights.create_group('dense');
  layer.create_attribute('weight_names', []);
  layer.create_attribute('scale', 'two');
  file.close();
  return FS.readFile('/unread.h5');
}

async function notesOf(name: string, bytes: Uint8Array, format: ContainerFormat) {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, bytes);
  const container = await openContainer(path, format, { scratch: temporaryFolder() });
  container.close();
  return container.notes;
}

test('what an HDF5 file has beside what Keras writes is noted', async () => {
  expect(await notesOf('model.h5', await hdf5(), 'keras-hdf5')).toEqual([
    'The file has author as well, which the grader does not read.',
    'The file has notebook as well, which the grader does not read.',
    'Its group model_weights has threshold as well, which the grader does not read.',
    'Its group of "dense" has scale as well, which the grader does not read.',
  ]);
});

test('what an archive has beside what Keras writes is noted', async () => {
  const metadata = { keras_version: '3.15.1', date_saved: 'today', threshold: 0.7 };
  const entries = {
    ...{ 'metadata.json': JSON.stringify(metadata), 'config.json': config },
    ...{ 'labels.txt': 'no yes' },
  };
  const texts = Object.entries(entries).map(([name, text]) => [name, Buffer.from(text)] as const);
  const weights = ['model.weights.h5', await hdf5()] as const;
  const archive = storedZip(new Map<string, Uint8Array>([...texts, weights]));
  expect(await notesOf('model.keras', archive, 'keras-zip')).toEqual([
    'The archive has labels.txt as well, which the grader does not read.',
    'Its metadata.json has threshold as well, which the grader does not read.',
  ]);
});

function modelJson(weight: object): Uint8Array {
  const topology = {
    keras_version: '2.15.0',
    model_config: JSON.parse(config) as unknown,
    seed: 3,
  };
  const manifest = [
    { paths: [], weights: [{ name: 'kernel', shape: [0], dtype: 'float32', ...weight }] },
  ];
  const file = { modelTopology: topology, weightsManifest: manifest, userDefinedMetadata: {} };
  return Buffer.from(JSON.stringify(file));
}

test('what a model.json has beside what TF.js writes is noted, and refused at a weight', async () => {
  expect(await notesOf('model.json', modelJson({}), 'tfjs-layers')).toEqual([
    'The model.json has userDefinedMetadata as well, which the grader does not read.',
    'Its modelTopology has seed as well, which the grader does not read.',
  ]);
  const refused = notesOf('model.json', modelJson({ order: 'F' }), 'tfjs-layers');
  expect(await refused.catch((error: unknown) => toFailure(error).message)).toBe(
    'model.json: its weightsManifest has order = "F", which is not known.',
  );
});
