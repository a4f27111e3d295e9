import type { KerasObject, ModelFile, Recipe } from '../contract.ts';
import { GraderError } from '../errors.ts';
import { normaliseCompile, normaliseModel } from '../recipe/normalise.ts';
import { recipeValidator } from '../recipe/schema.ts';
import type { ModelAnswer, ReadAnswer, RecipeAnswer } from './answer.ts';
import type { ContainerFormat } from './container.ts';
import type { ReadJob } from './child.ts';
import { type ReaderOptions, runReader } from './start.ts';

interface ModelFileRequest {
  readonly path: string;
  /** Files beside it that may hold its weights; none but these are seen by the reader. */
  readonly parts: readonly string[];
  readonly format: ContainerFormat;
  /** A folder for this file alone, in which its weights stay for as long as they are used. */
  readonly scratch: string;
}

/** A model file as it was read, with remarks for the report. */
interface ReadFile {
  readonly kind: 'model';
  readonly format: ContainerFormat;
  readonly file: ModelFile;
  /** Of the parts those that are the model's, in order. */
  readonly parts: readonly string[];
  readonly notes: readonly string[];
  /** Remarks that matter only where the model is trained anew. */
  readonly trainingNotes: readonly string[];
}

/**
 * Reads a Keras or TF.js model file in a process of its own, runs nothing of it, and checks all that
 * comes back. Throws a `GraderError`: `candidate` for what is wrong with the file, `limit` for what is
 * too large.
 */
export async function readModelFile(
  request: ModelFileRequest,
  options: ReaderOptions = {},
): Promise<ReadFile> {
  const answer = await readWhile(request, options);
  if (answer.kind === 'model') return modelOf(answer);
  throw new Error('a recipe was read where there was none');
}

/** The same for a file that is JSON, whose format it tells; a recipe is answered as parsed. */
export async function readJsonFile(
  request: Omit<ModelFileRequest, 'format'>,
  options: ReaderOptions = {},
): Promise<ReadFile | RecipeAnswer> {
  const answer = await readWhile({ ...request, format: 'json' }, options);
  return answer.kind === 'recipe' ? answer : modelOf(answer);
}

function readWhile(job: ReadJob, options: ReaderOptions): Promise<ReadAnswer> {
  const reading = runReader(job, options);
  // Compiling the schema takes as long as reading a small file, so it is done meanwhile.
  recipeValidator('file');
  return reading;
}

function modelOf(answer: ModelAnswer): ReadFile {
  const { model, notes } = normaliseModel(answer.model);
  return {
    ...{ kind: answer.kind, format: answer.format },
    file: {
      model,
      weights: answer.weights,
      ...readCompile(answer, model),
      outputMasks: answer.outputMasks,
      facts: answer.facts,
    },
    parts: answer.parts,
    notes: [...answer.notes, ...notes],
    trainingNotes: answer.trainingNotes,
  };
}

function readCompile(
  { compile }: ModelAnswer,
  model: KerasObject,
): { compile: Recipe['compile'] | null; compileProblem: string | null } {
  if (compile === null) {
    return { compile: null, compileProblem: 'the file has no compile settings' };
  }
  try {
    return { compile: normaliseCompile(compile, model), compileProblem: null };
  } catch (error) {
    if (!(error instanceof GraderError)) throw error;
    return { compile: null, compileProblem: error.message.replace(/\.$/, '') };
  }
}
