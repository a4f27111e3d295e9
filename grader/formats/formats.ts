import type { SubmissionFormat } from './format.ts';
import { kerasHdf5 } from './keras-hdf5.ts';
import { kerasJson } from './keras-json.ts';
import { kerasZip } from './keras-zip.ts';
import { recipeJson } from './recipe-json.ts';
import { recipeModule } from './recipe-module.ts';
import { tfjsLayers } from './tfjs-layers.ts';

/** Every format that a submission may have, in the order in which they are tried. */
export const formats: readonly SubmissionFormat[] = [
  ...[kerasZip, kerasHdf5, tfjsLayers, kerasJson],
  ...[recipeJson, recipeModule],
];
