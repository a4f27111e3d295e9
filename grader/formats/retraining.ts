import { stat } from 'node:fs/promises';
import { basename, extname, join, dirname } from 'node:path';
import type { Recipe } from '../contract.ts';
import { GraderError } from '../errors.ts';
import { normaliseTraining } from '../recipe/normalise.ts';
import { clean } from '../text/show.ts';
import type { OpenedDocument, OpenedModel } from './format.ts';

/** How a model file's architecture is trained anew. */
export interface Retraining {
  readonly file: string;
  /** Null takes the settings of the file itself. */
  readonly recipe: (OpenedDocument & { readonly path: string }) | null;
}

/** Of a training whose file does not say: epochs and batch size are not saved with a model. */
const usualEpochs = 10;

/**
 * A recipe with the architecture of a model file: compile, fit and the rest come from another recipe,
 * whose own model is left out, or compile comes from the file. Throws with fault `candidate` where
 * there are no settings, or they are not valid.
 */
export function recipeFor(
  { file: { model, compile, compileProblem, outputMasks, weights }, trainingNotes }: OpenedModel,
  { file, recipe: given }: Retraining,
): { recipe: Recipe; notes: readonly string[] } {
  const architecture =
    weights === null ? 'The file has no weights' : 'The weights of the file are left out';
  if (given) {
    const { recipe, notes } = normaliseTraining(given.document, model);
    const by = `${architecture}: its architecture is trained anew by ${clean(basename(given.path), 80)}.`;
    return { recipe, notes: [by, ...trainingNotes, ...given.notes, ...notes] };
  }
  if (!compile) throw noSettings(file, weights !== null, compileProblem);
  const document = { compile, fit: { epochs: usualEpochs } };
  const { recipe, notes } = normaliseTraining(document, model);
  const by = `${architecture}: its architecture is trained anew with its own compile settings, ${usualEpochs} epochs and a batch size of ${recipe.fit.batch_size}, which a file does not say.`;
  // A recipe has Keras 3's way, and no word for another one.
  const masks = outputMasks === 'keras3' ? {} : { outputMasks };
  const asSaved = { ...recipe, compile: { ...recipe.compile, ...masks } };
  return { recipe: asSaved, notes: [by, ...trainingNotes, ...notes] };
}

/** The recipe beside a model file, `<name>.recipe.ts` and the like; null where there is none. */
export async function recipeBeside(file: string): Promise<string | null> {
  for (const name of namesBeside(file)) {
    const path = join(dirname(file), name);
    const isThere = await stat(path).then(
      (found) => found.isFile(),
      () => false,
    );
    if (isThere) return path;
  }
  return null;
}

function namesBeside(file: string): string[] {
  const stem = basename(file, extname(file));
  return ['.json', '.ts', '.mts', '.js', '.mjs'].map((extension) => `${stem}.recipe${extension}`);
}

function noSettings(file: string, hasWeights: boolean, problem: string | null): GraderError {
  const name = clean(basename(file), 80);
  const lack = hasWeights ? '' : ' has an architecture without weights, and';
  const [beside = ''] = namesBeside(file).slice(1);
  return new GraderError({
    fault: 'candidate',
    code: 'no-training-settings',
    message: `${name}${lack} cannot be trained by itself: ${problem ?? 'it has no compile settings'}.`,
    help: `Name a recipe with --recipe FILE${hasWeights ? '' : `, or put one beside it as ${clean(beside, 80)}`}: its compile and fit are used, its model is not needed.`,
  });
}
