import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { graderVersion } from '../../package-root.ts';
import { tf, type LayersModel } from '../tensorflow/tf.ts';

const weightsName = 'weights.bin';

/** Writes a TF.js Layers model: `model.json` and one file of weights. */
export async function saveModel(model: LayersModel, directory: string): Promise<void> {
  await mkdir(directory, { recursive: true });
  await model.save(
    tf.io.withSaveHandler(async (artifacts) => {
      const { weightSpecs = [], weightData = new ArrayBuffer(0) } = artifacts;
      // Some names, such as hard_sigmoid, mean here what they mean in Keras 3, and not in TF.js.
      const version = { keras_version: `grader ${graderVersion}` };
      const topology = artifacts.modelTopology as Readonly<Record<string, unknown>>;
      const modelTopology = { ...topology, ...version };
      const document = {
        format: 'layers-model',
        generatedBy: artifacts.generatedBy ?? null,
        convertedBy: null,
        modelTopology,
        weightsManifest: [{ paths: [weightsName], weights: weightSpecs }],
      };
      const weights = tf.io.CompositeArrayBuffer.join(weightData);
      await writeFile(join(directory, weightsName), new Uint8Array(weights));
      await writeFile(join(directory, 'model.json'), JSON.stringify(document));
      return { modelArtifactsInfo: tf.io.getModelArtifactsInfoForJSON(artifacts) };
    }),
  );
}
