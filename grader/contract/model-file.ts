import type { Count } from './numbers.ts';
import type { KerasObject, OutputMasks, Recipe } from './recipe.ts';

/** An array of a weights file: little-endian float32, row-major, without a header. */
export interface StoredArray {
  /** As the model file has it, for messages. */
  readonly name: string;
  readonly shape: readonly number[];
  /** Bytes from the start of the weights file. */
  readonly offset: number;
}

/** The arrays of one layer in the order in which Keras lists its weights. */
export interface LayerWeights {
  /** The layer's name in the model's configuration. */
  readonly layer: string;
  readonly arrays: readonly StoredArray[];
}

/** The weights of a model as one file of values and a table of what lies where. */
export interface StoredWeights {
  readonly path: string;
  readonly layers: readonly LayerWeights[];
}

/** What a model file is, beside the model. */
export interface ModelFileFacts {
  readonly kerasVersion: string | null;
  /** Of all files together. */
  readonly bytes: Count;
  readonly weightBytes: Count;
  /** The state of the optimizer, which grading has no use for. */
  readonly optimizerBytes: Count;
}

/** A model file as it was read: everything checked, nothing run. */
export interface ModelFile {
  /** Flat: models inside of the model are dissolved, their layers named `outer.inner`. */
  readonly model: KerasObject;
  /** Null where the file holds an architecture only. */
  readonly weights: StoredWeights | null;
  /** The file's own compile settings; null where it has none that a recipe could have. */
  readonly compile: Recipe['compile'] | null;
  /** Why `compile` is null. */
  readonly compileProblem: string | null;
  /** Of whoever wrote the file. */
  readonly outputMasks: OutputMasks;
  readonly facts: ModelFileFacts;
}

/** A model that is graded with the weights it came with. */
export interface TrainedModel {
  readonly model: KerasObject;
  readonly weights: StoredWeights;
  /** Whether the file's loss takes logits; null where the file does not say. */
  readonly fromLogits: boolean | null;
  readonly facts: ModelFileFacts;
}
