import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { ProblemDefinition } from '../contract.ts';
import { GraderError } from '../errors.ts';
import { maxRecipeBytes } from '../recipe/limits.ts';
import { readText } from '../recipe/read-text.ts';
import { recipeLimits } from '../sandbox/limits.ts';
import { findFormat } from './find-format.ts';
import { DoesNotFit } from '../recipe/misfit.ts';
import { InvalidRecipe, type Mistake } from '../recipe/mistake.ts';
import { normaliseRecipe, type RecipeFormat } from '../recipe/normalise.ts';
import type { Diagnosis, PlacedMistake, Span } from '../sandbox/diagnose/source.ts';
import { diagnose } from '../sandbox/start.ts';
import { excerpt, positionOf } from '../text/excerpt.ts';
import { clean } from '../text/show.ts';

/** The file of a recipe. */
interface RecipeFile {
  readonly path: string;
  /** False where it trains the model of another file. */
  readonly hasModel: boolean;
  /** What it is for, where that is known. */
  readonly problem?: ProblemDefinition | null;
}

/** Does some work on a recipe; what fails in it is thrown with places in the recipe's file. */
export async function placing<Result>(
  file: RecipeFile,
  work: () => Result | Promise<Result>,
  signal?: AbortSignal,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof GraderError ? await withPlaces(file, error, signal) : error;
  }
}

/**
 * What is wrong with a submission: for a recipe all its mistakes, each at its place in the file; else,
 * and where the places cannot be found, the failure as it is.
 */
async function withPlaces(
  { path, hasModel, problem = null }: RecipeFile,
  error: GraderError,
  signal?: AbortSignal,
): Promise<GraderError> {
  if (error.failure.fault !== 'candidate') return error;
  if (!hasModel && mistakesOf(error).some((mistake) => mistake.path.startsWith('/model')))
    return error;
  const format = await recipeFormat(path, error);
  if (format === null) return error;
  const { size } = await stat(path);
  const limit = format === 'recipe-json' ? maxRecipeBytes : recipeLimits.sourceBytes;
  const text = await readText({ path, size }, limit);
  return placeMistakes({ name: basename(path), text, format, problem }, error, signal);
}

/** Which kind of recipe a refused file is; null for what is none, and for what is no text. */
async function recipeFormat(path: string, error: GraderError): Promise<RecipeFormat | null> {
  if (!(error instanceof DoesNotFit) && !ofRecipes.has(error.failure.code)) return null;
  return (await findFormat(path)).isCode ? 'recipe-module' : 'recipe-json';
}

const ofRecipes = new Set([
  ...['invalid-recipe', 'not-json', 'not-a-recipe', 'recipe-syntax', 'recipe-import'],
  ...['recipe-async', 'recipe-threw'],
]);

/** A recipe's file. */
interface RecipeText {
  readonly name: string;
  readonly text: string;
  readonly format: RecipeFormat;
  readonly problem: ProblemDefinition | null;
}

/** As many are told; who has more begins with these. */
const most = 12;

async function placeMistakes(
  file: RecipeText,
  error: GraderError,
  signal?: AbortSignal,
): Promise<GraderError> {
  const isJson = file.format === 'recipe-json';
  const diagnosis = await diagnose(file.text, isJson ? 'diagnose-json' : 'diagnose', { signal });
  if (diagnosis === null) return error;
  const found = isJson ? inJson(diagnosis, error) : inModule(diagnosis, error, file.problem);
  const told = withoutRepeats(found);
  if (told.length === 0) return error;
  const { fault, code, help } = error.failure;
  const heading = code === 'not-json' ? [`${clean(file.name, 80)} is not valid JSON.`] : [];
  const message = [...heading, messageOf(file, told)].join('\n\n');
  // The advice on a document's paths is for those who see them; that on a misfit is told with it.
  const advice = isOfMistakes(error) || help === undefined ? {} : { help };
  return new GraderError({ fault, code, message, ...advice }, { cause: error });
}

function inJson(diagnosis: Diagnosis, error: GraderError): readonly PlacedMistake[] {
  if (diagnosis.mistakes.length > 0) return diagnosis.mistakes;
  return mistakesOf(error).map((mistake) => ({
    message: mistake.message,
    at: placeOf(diagnosis, mistake),
  }));
}

/** What the recipe did wrong as it ran, and what is wrong with what it described all the same. */
function inModule(
  diagnosis: Diagnosis,
  error: GraderError,
  problem: ProblemDefinition | null,
): readonly PlacedMistake[] {
  const isClean = diagnosis.mistakes.length === 0;
  const mistakes = isClean ? mistakesOf(error) : documentMistakes(diagnosis, problem);
  return [
    ...diagnosis.mistakes,
    ...mistakes.map((mistake) => ({ message: mistake.own, at: placeOf(diagnosis, mistake) })),
  ];
}

function mistakesOf(error: GraderError): readonly Mistake[] {
  return isOfMistakes(error) ? error.mistakes : [];
}

function isOfMistakes(error: GraderError): error is InvalidRecipe | DoesNotFit {
  return error instanceof InvalidRecipe || error instanceof DoesNotFit;
}

function documentMistakes(
  { document, isWhole }: Diagnosis,
  problem: ProblemDefinition | null,
): readonly Mistake[] {
  if (document === undefined) return [];
  try {
    normaliseRecipe(document, { problem });
    return [];
  } catch (error) {
    if (!(error instanceof GraderError)) throw error;
    // What is missing is told already.
    return mistakesOf(error).filter(
      ({ rule }) => rule === 'value' || (rule === 'meaning' && isWhole),
    );
  }
}

/** Of the value or the key, or of the nearest thing around it. */
function placeOf({ places }: Diagnosis, { path, on }: Mistake): Span | null {
  const tokens = path.split('/');
  for (let length = tokens.length; length > 1; length--) {
    const at = tokens.slice(0, length).join('/');
    const place = places[at] ?? places[at.replace('/batch_input_shape', '/input_shape')];
    if (place)
      return on === 'key' && length === tokens.length ? (place.key ?? place.value) : place.value;
  }
  return null;
}

/** By their places; of a mistake that is made in a loop, or told twice, the first. */
function withoutRepeats(mistakes: readonly PlacedMistake[]): readonly PlacedMistake[] {
  const kept: PlacedMistake[] = [];
  for (const mistake of mistakes) {
    const isTold = kept.some(
      ({ message, at }) => message === mistake.message && startOf(at) === startOf(mistake.at),
    );
    if (!isTold) kept.push(mistake);
  }
  return kept.toSorted((one, other) => (one.at?.[0] ?? Infinity) - (other.at?.[0] ?? Infinity));
}

function startOf(at: Span | null): number | null {
  return at?.[0] ?? null;
}

function messageOf({ name, text }: RecipeText, mistakes: readonly PlacedMistake[]): string {
  const file = clean(name, 80);
  const told = mistakes.slice(0, most).map((mistake) => tell(file, text, mistake));
  if (mistakes.length === 1) return told.join('');
  const rest = mistakes.length - told.length;
  const end = rest > 0 ? [`And ${rest} more.`] : [];
  return [`${file} has ${mistakes.length} mistakes.`, ...told, ...end].join('\n\n');
}

function tell(file: string, text: string, { message, at: known, line }: PlacedMistake): string {
  const said = clean(message, 1500);
  const at = known ?? (line ? spanOfLine(text, line) : null);
  if (at === null) return `${file}: ${said}`;
  const place = positionOf(text, at[0]);
  const code = excerpt(text, at).replace(/^/gm, '  ');
  return `${file}, line ${place.line}, column ${place.column}: ${said}\n${code}`;
}

/** What stands on a line, without the blanks around it. */
function spanOfLine(text: string, line: number): Span | null {
  const lines = text.split('\n');
  const written = lines[line - 1];
  if (written === undefined) return null;
  const start = lines.slice(0, line - 1).join('\n').length + (line > 1 ? 1 : 0);
  const blanks = written.length - written.trimStart().length;
  return [start + blanks, start + Math.max(blanks, written.trimEnd().length)];
}
