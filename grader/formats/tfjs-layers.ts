import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { SubmissionFormat } from './format.ts';
import { openModel } from './model-format.ts';

export const tfjsLayers: SubmissionFormat = {
  id: 'tfjs-layers',
  title: 'TensorFlow.js model, model.json with its weights beside it',
  extensions: ['.json'],
  isCode: false,
  matches: ({ keys }) =>
    (keys?.includes('modelTopology') ?? false) || (keys?.includes('weightsManifest') ?? false),
  async open(file, context) {
    const opened = await openModel(file, 'tfjs-layers', context);
    return { ...opened, parts: await shardsOf(file.path) };
  },
};

/** The reader has checked that these are plain names of files beside the model. */
async function shardsOf(path: string): Promise<string[]> {
  const { weightsManifest = [] } = JSON.parse(await readFile(path, 'utf8')) as Manifest;
  return weightsManifest.flatMap(({ paths }) => paths.map((name) => join(dirname(path), name)));
}

interface Manifest {
  readonly weightsManifest?: readonly { readonly paths: readonly string[] }[];
}
