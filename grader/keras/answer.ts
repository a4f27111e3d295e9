import type { ModelFileFacts, OutputMasks, StoredWeights } from '../contract.ts';
import type { ContainerFormat } from './container.ts';

/** What the reader's process answers: plain data, to be checked by whoever asked. */
export type ReadAnswer = ModelAnswer | RecipeAnswer;

/** A recipe that is JSON, as parsed. */
export interface RecipeAnswer {
  readonly kind: 'recipe';
  readonly document: unknown;
}

export interface ModelAnswer extends ReadModel {
  readonly kind: 'model';
  readonly format: ContainerFormat;
}

export interface ReadModel {
  /** `{class_name, config}`, flat, in the terms of a recipe. */
  readonly model: unknown;
  /** `{optimizer, loss, metrics}` in the terms of a recipe, or null. */
  readonly compile: unknown;
  readonly outputMasks: OutputMasks;
  readonly weights: StoredWeights | null;
  readonly facts: ModelFileFacts;
  /** Files beside the model file that were read, in order. */
  readonly parts: readonly string[];
  readonly notes: readonly string[];
  /** What matters only where the model is trained anew. */
  readonly trainingNotes: readonly string[];
}
