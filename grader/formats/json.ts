import { lstatSync, readdirSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import { modelFileLimits } from '../keras/limits.ts';
import { readJsonFile } from '../keras/read-model-file.ts';
import type { SubmissionFormat } from './format.ts';

/** All formats that are JSON: none of it is parsed in this process. */
export const json: SubmissionFormat = {
  ids: ['tfjs-layers', 'keras-json', 'recipe-json'],
  extensions: ['.json'],
  isCode: false,
  matches: ({ name, isJson }) => isJson || name.toLowerCase().endsWith('.json'),
  async open({ path }, { scratch, signal }) {
    await mkdir(scratch, { recursive: true });
    const parts = filesBeside(path);
    const read = await readJsonFile({ path, parts, scratch }, { signal });
    return read.kind === 'model' ? read : { ...read, format: 'recipe-json', notes: [] };
  },
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
