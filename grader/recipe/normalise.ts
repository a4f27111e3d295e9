import type { KerasObject, ProblemDefinition, Recipe } from '../contract.ts';
import { GraderError } from '../errors.ts';
import {
  augmentationOptions,
  checkAugmentation,
  readSpellings,
  settleAugmentation,
  spelled,
} from './augmentation.ts';
import { withoutFiles } from './callbacks.ts';
import { checkMeaning } from './meaning.ts';
import { compileOptions, fitOptions } from './fit.ts';
import { isKerasObject, isObject } from './keras-class.ts';
import { describeErrors } from './messages.ts';
import { InvalidRecipe, mistakeOf, mistakeOfSchema, type Mistake } from './mistake.ts';
import { mistakeOfMisfit, type Misfit } from './misfit.ts';
import { recipeMisfits } from './for-problem.ts';
import { repair } from './repair.ts';
import { maxRecipeBytes, modelLayers, recipeLayers } from './limits.ts';
import { readOptions, type DocumentOrigin } from './option.ts';
import { findNotPlain } from './plain.ts';
import { readModel } from './read-model.ts';
import { recipeValidator } from './schema.ts';
import { clean, show } from '../text/show.ts';

/** What is normalised, how large it may be, and what is said where it is not right. */
interface DocumentKind {
  readonly what: string;
  /** Of its model. */
  readonly origin: DocumentOrigin;
  readonly code: string;
  readonly bytes: number;
  readonly layers: number;
  readonly help: string;
  /** Brings a message to the words of whoever made the document. */
  readonly word: (problem: string, model: unknown) => string;
  /** What of a recipe with mistakes would not do without them either. */
  readonly misfits?: (recipe: Recipe) => readonly Misfit[];
}

/** How a recipe was written. */
export type RecipeFormat = 'recipe-json' | 'recipe-module';

const recipeKind: DocumentKind = {
  what: 'recipe',
  origin: 'recipe',
  code: 'invalid-recipe',
  bytes: maxRecipeBytes,
  layers: recipeLayers,
  help: 'Paths count from 0 and are those of the recipe as JSON, in which `inputShape` is `input_shape`.',
  word: (problem) => problem,
};

const modelKind: DocumentKind = {
  what: 'model file',
  origin: 'file',
  code: 'unsupported-model',
  bytes: 4 * maxRecipeBytes,
  layers: modelLayers,
  help: 'Change the model, or describe it as a recipe: `grader start <problem>` writes one to begin with.',
  word: withLayerName,
};

/**
 * Makes a recipe of any document: brings spellings to Keras's, fills in Keras's defaults, checks every
 * value. Throws a `GraderError` with fault `candidate` that lists what is wrong, what does not fit the
 * problem among it, or `limit`. A sound recipe is not compared with the problem.
 */
export function normaliseRecipe(
  document: unknown,
  { format = 'recipe-module', problem = null }: NormaliseOptions = {},
): Normalised {
  // JSON may be what a grading left of a model file that it trained anew.
  const origin = format === 'recipe-json' ? 'file' : 'recipe';
  const misfits = (recipe: Recipe) => (problem === null ? [] : recipeMisfits(recipe, problem));
  return normalise(document, { ...recipeKind, origin, misfits });
}

interface NormaliseOptions {
  readonly format?: RecipeFormat;
  /** What the recipe is for, where that is known. */
  readonly problem?: ProblemDefinition | null;
}

/**
 * The same for the architecture of a model file alone. Throws a `GraderError` with fault `candidate`
 * or `limit`.
 */
export function normaliseModel(model: unknown): { model: KerasObject; notes: readonly string[] } {
  const { recipe, notes } = normalise({ ...anyTraining, model }, modelKind);
  return { model: recipe.model, notes };
}

/**
 * The recipe that trains a model file's architecture, once it is normalised, by the settings of
 * another recipe, whose own model is left out. Throws as `normaliseRecipe` does.
 */
export function normaliseTraining(document: unknown, model: KerasObject): Normalised {
  const { bytes, layers, origin } = modelKind;
  const training = isObject(document) ? { ...document, model } : document;
  return normalise(training, { ...recipeKind, origin, bytes: bytes + maxRecipeBytes, layers });
}

/**
 * The compile settings of a model file, in the terms of a recipe, with Keras's defaults. Throws a
 * `GraderError` with fault `candidate` for what a recipe could not have.
 */
export function normaliseCompile(compile: unknown, model: KerasObject): Recipe['compile'] {
  return normaliseTraining({ ...anyTraining, compile }, model).recipe.compile;
}

interface Normalised {
  readonly recipe: Recipe;
  readonly notes: readonly string[];
}

/** For a document that is checked for another part of it. */
const anyTraining = { compile: { optimizer: 'SGD', loss: 'meanSquaredError' }, fit: { epochs: 1 } };

function normalise(document: unknown, kind: DocumentKind): Normalised {
  const notPlain = findNotPlain(document);
  if (notPlain !== null) throw new InvalidRecipe([mistakeOf(notPlain, document)], kind);
  if (!isObject(document)) {
    const message = 'The recipe must be an object with model, compile and fit.';
    throw new InvalidRecipe([mistakeOf(message, document)], kind);
  }
  const text = JSON.stringify(document);
  if (Buffer.byteLength(text) > kind.bytes) throw tooLarge(Buffer.byteLength(text), kind);
  const draft = JSON.parse(text) as Record<string, unknown>;
  const notes: string[] = [];
  draft['model'] = readModel(draft['model'], notes, kind);
  const { augmentation: random } = draft;
  const spellings = isObject(random) ? readSpellings(random) : new Map<string, string>();
  for (const [part, table] of Object.entries(tables)) {
    const config = draft[part];
    if (isObject(config)) readOptions(table, config);
  }
  const validate = recipeValidator(kind.origin);
  const inWords = (mistake: Mistake): Mistake => ({
    ...mistake,
    message: spelled(kind.word(mistake.message, draft['model']), spellings),
  });
  const mistakes = schemaMistakes(draft, validate).map(inWords);
  if (!validate(draft)) throw new InvalidRecipe(mistakes, kind);
  const outside = ({ path }: Mistake) => !isWithin(path, mistakes);
  const all = [...mistakes, ...meaningMistakes(draft).filter(outside).map(inWords)];
  if (all.length > 0) {
    const misfits = (kind.misfits?.(draft) ?? []).map(mistakeOfMisfit);
    throw new InvalidRecipe([...all, ...misfits.filter(outside)], kind);
  }
  const augmentation = draft.augmentation && settleAugmentation(draft.augmentation, notes);
  const fit = { ...draft.fit, callbacks: withoutFiles(draft.fit.callbacks, notes) };
  return { recipe: { ...draft, fit, augmentation }, notes };
}

/** A model file has no paths to look up: its layers have names. */
function withLayerName(problem: string, model: unknown): string {
  const [path = '', index = ''] = /^\/model\/config\/layers\/(\d+)/.exec(problem) ?? [];
  const layers = isKerasObject(model) ? model.config['layers'] : undefined;
  const layer: unknown = Array.isArray(layers) ? layers[Number(index)] : undefined;
  if (path === '' || !isKerasObject(layer)) return problem;
  const rest = problem
    .slice(path.length)
    .replace(/^\/config/, '')
    .replace(/^[/ ]+/, '')
    .replace(/^\(\w+\) /, '');
  return `Layer ${show(layer.config['name'])} (${clean(layer.class_name, 60)}): ${rest}`;
}

const tables = { compile: compileOptions, fit: fitOptions, augmentation: augmentationOptions };

/** What the schema refuses; the draft is then repaired where that can be, so that the rest is judged. */
function schemaMistakes(
  draft: Record<string, unknown>,
  validate: ReturnType<typeof recipeValidator>,
): readonly Mistake[] {
  if (validate(draft)) return [];
  const errors = validate.errors ?? [];
  const mistakes = [...describeErrors(errors)].map(([message, error]) =>
    mistakeOfSchema(error, message, draft),
  );
  repair(draft, errors);
  return mistakes;
}

function meaningMistakes(draft: Recipe): readonly Mistake[] {
  const problems = [...checkMeaning(draft), ...checkAugmentation(draft.augmentation)];
  return problems.map((problem) => mistakeOf(problem, draft));
}

/** Whether a place is one that was repaired, or has such a place in it. */
function isWithin(path: string, mistakes: readonly Mistake[]): boolean {
  const isAt = (place: string) => mistakes.some((mistake) => mistake.path.startsWith(place));
  // Metrics are judged beside the loss, and what callbacks watch beside the metrics.
  const leansOn = /^\/(?:compile\/metrics|fit\/callbacks)/.test(path);
  if (leansOn && (isAt('/compile/loss') || isAt('/compile/metrics'))) return true;
  return path !== '' && (isAt(path) || mistakes.some((mistake) => path.startsWith(mistake.path)));
}

function tooLarge(bytes: number, { what, bytes: most }: DocumentKind): GraderError {
  return new GraderError({
    fault: 'limit',
    code: 'recipe-too-large',
    message: `The ${what} is ${bytes} bytes as JSON; at most ${most} are taken.`,
  });
}
