import type { Refusals } from './containers/refusal.ts';

/** The file formats that a Keras model comes in. */
export type ContainerFormat = 'keras-hdf5' | 'keras-zip' | 'keras-json' | 'tfjs-layers';

/** A layer as a container stores it: the models around it from the outside in, then the layer. */
export type LayerPath = readonly LayerStep[];

interface LayerStep {
  /** Its name in the file's configuration. */
  readonly name: string;
  /** Its group in a `.keras` file: the snake_case class name, numbered within its model: `dense_1`. */
  readonly group: string;
  /** The group in that one in which the next step stands where it is not the layers of a model. */
  readonly part?: string;
  /** Groups of cells in their order, which their names do not tell. */
  readonly cells?: readonly string[];
}

/** One array of a layer, not read yet. */
export interface ArraySource {
  /** As the file has it, for messages. */
  readonly name: string;
  readonly shape: readonly number[];
  /** The values as float32, row-major. Throws a `GraderError` where they are damaged or not finite. */
  read(): Float32Array;
  /** The same a few megabytes at a time; a piece is gone once the next one is asked for. */
  pieces(): Iterable<Float32Array>;
}

/** A model file that is open for reading. Whoever opens it closes it. */
export interface Container {
  readonly kerasVersion: string | null;
  /** Parsed JSON within the limits, not understood yet: `{class_name, config}`. */
  readonly config: unknown;
  /** What was saved of `model.compile`, as parsed; null where there is nothing. */
  readonly compile: unknown;
  /** What the file holds and is not read. */
  readonly notes: readonly string[];
  /** Of all files together. */
  readonly bytes: number;
  readonly optimizerBytes: number;
  /** Names of the files beside it that hold its weights, in order; left out where it is one file. */
  readonly parts?: readonly string[];
  /** The layer's arrays in the file's order; none for one without weights. Null: architecture only. */
  readonly weights: ((path: LayerPath) => readonly ArraySource[]) | null;
  close(): void;
}

/** What each kind of container is opened with. */
export interface OpenSetting {
  readonly refusals: Refusals;
  /** A folder of its own for what must be unpacked. */
  readonly scratch: string;
  /** To be called every now and then, as long as it goes on. */
  readonly onProgress: () => void;
}
