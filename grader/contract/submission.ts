import type { TrainedModel } from './model-file.ts';
import type { Recipe } from './recipe.ts';

interface OpenedFile {
  readonly file: string;
  /** Of the file and, after it, of the files that belong to it. */
  readonly sha256: string;
  readonly format: string;
  /** Things accepted with a remark, such as an ignored `rescale`. */
  readonly notes: readonly string[];
}

/** A submission that is trained: a recipe, or the architecture of a model file with one. */
export interface RecipeSubmission extends OpenedFile {
  readonly recipe: Recipe;
  /** Null where a model file is trained by its own settings. */
  readonly recipeFile: string | null;
  readonly trained: null;
  /** True for the architecture of a model file. */
  readonly isRetrained: boolean;
}

/** A model file that is graded with the weights it came with. */
export interface TrainedSubmission extends OpenedFile {
  readonly recipe: null;
  readonly trained: TrainedModel;
}

/** A file as it was opened: the document and how it was read. */
export type Submission = RecipeSubmission | TrainedSubmission;
