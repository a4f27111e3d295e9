import type { SubmissionFormat } from './format.ts';
import { recipeJson } from './recipe-json.ts';
import { recipeModule } from './recipe-module.ts';

/** Every format that a submission may have, in the order in which they are tried. */
export const formats: readonly SubmissionFormat[] = [recipeJson, recipeModule];
