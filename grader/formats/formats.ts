import type { SubmissionFormat } from './format.ts';
import { json } from './json.ts';
import { kerasHdf5 } from './keras-hdf5.ts';
import { kerasZip } from './keras-zip.ts';
import { recipeModule } from './recipe-module.ts';

/** Every format that a submission may have, in the order in which they are tried. */
export const formats: readonly SubmissionFormat[] = [...[kerasZip, kerasHdf5, json, recipeModule]];
