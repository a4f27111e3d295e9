import { lstatSync, readdirSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { modelFileLimits } from '../keras/limits.ts';
import type { SubmissionFormat } from './format.ts';
import { openModel } from './model-format.ts';

export const tfjsLayers: SubmissionFormat = {
  id: 'tfjs-layers',
  title: 'TensorFlow.js model, model.json with its weights beside it',
  extensions: ['.json'],
  isCode: false,
  matches: ({ keys }) =>
    (keys?.includes('modelTopology') ?? false) || (keys?.includes('weightsManifest') ?? false),
  open: (file, context) =>
    openModel({ ...file, parts: filesBeside(file.path) }, 'tfjs-layers', context),
};

/** What is a submission itself is not shown to the reader of another one. */
const submissions = new Set([
  ...['.ts', '.mts', '.js', '.mjs', '.json', '.h5', '.hdf5', '.keras', '.py', '.ipynb'],
]);

/** Files that may be shards; which are the model's, its reader finds out. */
function filesBeside(path: string): readonly string[] {
  return readdirSync(dirname(path))
    .filter((name) => !submissions.has(extname(name).toLowerCase()))
    .map((name) => join(dirname(path), name))
    .filter((each) => {
      const status = lstatSync(each, { throwIfNoEntry: false });
      // A link is refused by the reader, which sees it as one.
      return status?.isFile() === true || status?.isSymbolicLink() === true;
    })
    .slice(0, 2 * modelFileLimits.shards);
}
