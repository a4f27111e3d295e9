import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { graderVersion } from '../../package-root.ts';
import { tf } from '../tensorflow/tf.ts';
import { variableOf, type Model } from './model.ts';
import { savedModel } from './saved-model.ts';

const weightsName = 'weights.bin';

/** Writes a model in the format of TF.js Layers: `model.json` and one file of weights. */
export async function saveModel(model: Model, directory: string): Promise<void> {
  const weights = model.weights.map(({ name, spec: { shape } }) => ({
    name,
    shape,
    dtype: 'float32',
  }));
  const document = {
    format: 'layers-model',
    generatedBy: `TensorFlow.js tfjs-layers v${tf.version_core}`,
    convertedBy: null,
    modelTopology: {
      ...savedModel(model),
      // Some names, such as hard_sigmoid, mean here what they mean in Keras 3, and not in TF.js.
      keras_version: `grader ${graderVersion}`,
      // TF.js puts an underscore before every capital.
      backend: 'tensor_flow.js',
    },
    weightsManifest: [{ paths: [weightsName], weights }],
  };
  const values = model.weights.map((weight) => bytesOf(variableOf(model, weight).dataSync()));
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, weightsName), Buffer.concat(values));
  await writeFile(join(directory, 'model.json'), JSON.stringify(document));
}

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
