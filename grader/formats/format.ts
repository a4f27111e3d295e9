import type { RecipeFormat } from '../recipe/normalise.ts';
import type { ModelFile } from '../contract.ts';

/** A file as it is told apart: its name and its first bytes. */
export interface FileStart {
  readonly name: string;
  /** Of the whole file, in bytes. */
  readonly size: number;
  /** At most `headBytes`. */
  readonly head: Uint8Array;
  /** Whether it begins as an object of JSON does. */
  readonly isJson: boolean;
}

/** Beyond the last place at which an HDF5 file is looked for. */
export const headBytes = 8200;

export interface SubmissionFile {
  readonly path: string;
  /** Of the file, in bytes. */
  readonly size: number;
}

export interface OpenContext {
  /** A folder, made where it is needed, in which a model file's weights stay until they are graded. */
  readonly scratch: string;
  readonly signal?: AbortSignal | undefined;
  /** What the candidate's code prints, line by line. */
  readonly log?: ((line: string) => void) | undefined;
}

/** A recipe as plain data, to be normalised. */
export interface OpenedDocument {
  readonly kind: 'recipe';
  readonly format: RecipeFormat;
  readonly document: unknown;
  readonly notes: readonly string[];
}

export interface OpenedModel {
  readonly kind: 'model';
  readonly format: FormatId;
  readonly file: ModelFile;
  readonly notes: readonly string[];
  /** Remarks that matter only where the model is trained anew. */
  readonly trainingNotes: readonly string[];
  /** Files that belong to it, in order. */
  readonly parts: readonly string[];
}

/** What a submission is, for reports. */
export const formatTitles = {
  'keras-zip': 'Keras model',
  'keras-hdf5': 'Keras model in HDF5',
  'keras-json': 'Architecture of a Keras model, trained by a recipe',
  'tfjs-layers': 'TensorFlow.js model, model.json with its weights beside it',
  'recipe-json': 'Recipe as JSON',
  'recipe-module': 'Recipe in TypeScript or JavaScript',
} as const;

export type FormatId = keyof typeof formatTitles;

/** One kind of file that a candidate may hand in. */
export interface SubmissionFormat {
  /** What it is; several where only opening it tells. */
  readonly ids: readonly FormatId[];
  readonly extensions: readonly string[];
  /** True where opening runs what the candidate wrote, in a sandbox. */
  readonly isCode: boolean;
  matches(start: FileStart): boolean;
  /** Throws a `GraderError` with fault `candidate` or `limit`. */
  open(file: SubmissionFile, context: OpenContext): Promise<OpenedDocument | OpenedModel>;
}
