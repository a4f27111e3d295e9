import type { Augmentation, Recipe } from '../contract.ts';
import { GraderError } from '../errors.ts';
import { augmentationOptions } from './augmentation.ts';
import { checkMeaning } from './meaning.ts';
import { compileOptions, fitOptions } from './fit.ts';
import { isObject } from './keras-class.ts';
import { describeErrors } from './messages.ts';
import { readOptions } from './option.ts';
import { findNotPlain } from './plain.ts';
import { readModel } from './read-model.ts';
import { recipeValidator } from './schema.ts';

export const maxRecipeBytes = 1024 * 1024;

/**
 * Makes a recipe of any document: brings spellings to Keras's, fills in Keras's defaults, checks every
 * value. Throws a `GraderError` with fault `candidate` that lists what is wrong, or `limit`.
 */
export function normaliseRecipe(document: unknown): { recipe: Recipe; notes: readonly string[] } {
  const notPlain = findNotPlain(document);
  if (notPlain !== null) throw invalidRecipe([notPlain]);
  if (!isObject(document))
    throw invalidRecipe(['The recipe must be an object with model, compile and fit.']);
  const text = JSON.stringify(document);
  if (Buffer.byteLength(text) > maxRecipeBytes) throw tooLarge(Buffer.byteLength(text));
  const draft = JSON.parse(text) as Record<string, unknown>;
  const notes: string[] = [];
  draft['model'] = readModel(draft['model'], notes);
  for (const [part, table] of Object.entries(tables)) {
    const config = draft[part];
    if (isObject(config)) readOptions(table, config);
  }
  const validate = recipeValidator();
  if (!validate(draft)) throw invalidRecipe(describeErrors(validate.errors ?? []));
  const recipe = draft as unknown as Recipe;
  const problems = checkMeaning(recipe);
  if (problems.length > 0) throw invalidRecipe(problems);
  return { recipe: { ...recipe, augmentation: withoutRescale(recipe.augmentation, notes) }, notes };
}

const tables = { compile: compileOptions, fit: fitOptions, augmentation: augmentationOptions };

function withoutRescale(given: Augmentation | null, notes: string[]): Augmentation | null {
  if (given === null) return null;
  const { rescale, ...augmentation } = given as Augmentation & { rescale?: number | null };
  if (rescale === undefined || rescale === null) return augmentation;
  if (Math.abs(rescale - 1 / 255) > 1e-9) {
    throw invalidRecipe([
      `/augmentation/rescale must be 1/255 or left out, got ${rescale}: the images arrive in [0, 1] already.`,
    ]);
  }
  notes.push('augmentation.rescale 1/255 is ignored: the images arrive in [0, 1] already.');
  return augmentation;
}

function invalidRecipe(problems: readonly string[]): GraderError {
  return new GraderError({
    fault: 'candidate',
    code: 'invalid-recipe',
    message: problems.join('\n'),
    help: 'Paths count from 0 and are those of the recipe as JSON, in which `inputShape` is `input_shape`.',
  });
}

function tooLarge(bytes: number): GraderError {
  return new GraderError({
    fault: 'limit',
    code: 'recipe-too-large',
    message: `The recipe is ${bytes} bytes as JSON; at most ${maxRecipeBytes} are taken.`,
  });
}
