import { fileDigest } from '../files/digest.ts';
import { stat } from 'node:fs/promises';
import type { ProblemDefinition, Submission } from '../contract.ts';
import { GraderError } from '../errors.ts';
import { givesLogits } from '../recipe/loss-facts.ts';
import { normaliseRecipe } from '../recipe/normalise.ts';
import { clean } from '../text/show.ts';
import { checkIsFile, findFormat } from './find-format.ts';
import type { OpenContext, OpenedDocument, OpenedModel } from './format.ts';
import { placing } from './place-mistakes.ts';
import { recipeBeside, recipeFor, type Retraining } from './retraining.ts';

interface SubmissionOptions extends OpenContext {
  /** Trains a model file's architecture anew, although it has weights. */
  readonly retrain?: boolean;
  /** The recipe by which it is trained; null or left out: the file's own settings. */
  readonly recipe?: string | null;
  /** What it is for: a recipe with mistakes is told at once what would not fit either. */
  readonly problem?: ProblemDefinition;
}

/**
 * Opens what a candidate hands in: tells its format by content first, reads it, and makes a validated
 * recipe or model of it. Throws a `GraderError`: `usage` where there is no such file, `candidate` or
 * `limit` for what is wrong with it.
 */
export async function openSubmission(
  file: string,
  options: SubmissionOptions,
): Promise<Submission> {
  const opened = await openFile(file, options);
  const facts = {
    file,
    sha256: await fileDigest(file, ...(opened.kind === 'model' ? opened.parts : [])),
    format: opened.format,
  };
  if (opened.kind === 'recipe') {
    if (options.recipe) throw notForRecipes(file);
    const { recipe, notes } = await placing(
      { path: file, hasModel: true, problem: options.problem ?? null },
      () =>
        normaliseRecipe(opened.document, {
          format: opened.format,
          problem: options.problem ?? null,
        }),
      options.signal,
    );
    const remarks =
      options.retrain === true ? ['--retrain changes nothing: recipes are trained.'] : [];
    return {
      ...{ ...facts, recipe, recipeFile: file, trained: null, isRetrained: false },
      notes: [...opened.notes, ...notes, ...remarks],
    };
  }
  const { model, weights, compile, facts: about } = opened.file;
  const isTrained = weights !== null && options.retrain !== true && !options.recipe;
  if (isTrained) {
    const fromLogits = compile ? givesLogits(compile.loss) : null;
    const trained = { model, weights, fromLogits, facts: about };
    return { ...facts, recipe: null, trained, notes: opened.notes };
  }
  const by = await retrainingOf(file, options);
  const { recipe, notes } = await retrain(opened, by, options.signal);
  return {
    ...{ ...facts, recipe, recipeFile: by.recipe?.path ?? null, trained: null, isRetrained: true },
    notes: [...opened.notes, ...notes],
  };
}

async function openFile(
  file: string,
  context: SubmissionOptions,
): Promise<OpenedDocument | OpenedModel> {
  await checkIsFile(file);
  const format = await findFormat(file);
  const { size } = await stat(file);
  return placing(
    { path: file, hasModel: true, problem: context.problem ?? null },
    () => format.open({ path: file, size }, context),
    context.signal,
  );
}

async function retrainingOf(file: string, options: SubmissionOptions): Promise<Retraining> {
  const path = options.recipe ?? (options.retrain === true ? null : await recipeBeside(file));
  if (path === null) return { file, recipe: null };
  const opened = await openFile(path, options);
  if (opened.kind === 'recipe') return { file, recipe: { path, ...opened } };
  throw new GraderError({
    fault: 'usage',
    code: 'not-a-recipe',
    message: `${clean(path)} is a model file; --recipe names a recipe (.ts, .js or .json).`,
  });
}

function retrain(opened: OpenedModel, by: Retraining, signal?: AbortSignal) {
  const path = by.recipe?.path;
  if (path === undefined) return recipeFor(opened, by);
  return placing({ path, hasModel: false }, () => recipeFor(opened, by), signal);
}

function notForRecipes(file: string): GraderError {
  return new GraderError({
    fault: 'usage',
    code: 'recipe-of-recipe',
    message: `${clean(file)} is a recipe itself; --recipe is for model files.`,
    help: 'Leave --recipe out, or name the model file as the submission.',
  });
}
