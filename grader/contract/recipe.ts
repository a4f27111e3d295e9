import type { Integer, Ordinal } from './numbers.ts';
import type { TrainingMetric } from '../metrics/training.ts';

/** A Keras object: class name and snake_case config, as in Keras JSON. */
export interface KerasObject {
  readonly class_name: string;
  readonly config: Readonly<Record<string, unknown>>;
}

export interface LayerConfig extends KerasObject {
  /** Functional models only. */
  readonly name?: string;
  readonly inbound_nodes?: unknown;
}

export type Mode = 'auto' | 'min' | 'max';

/** @discriminator class_name */
export type Callback =
  | {
      readonly class_name: 'EarlyStopping';
      readonly config: {
        readonly monitor: string;
        readonly min_delta: number;
        readonly patience: number;
        readonly mode: Mode;
        readonly baseline: number | null;
        readonly restore_best_weights: boolean;
        readonly start_from_epoch: number;
      };
    }
  | {
      /** Keras's ModelCheckpoint followed by load_weights: the best epoch is kept, or the last. */
      readonly class_name: 'ModelCheckpoint';
      readonly config: {
        readonly monitor: string;
        readonly mode: Mode;
        readonly save_best_only: boolean;
        readonly initial_value_threshold: number | null;
      };
    }
  | {
      /** Training ends after the first epoch in which every condition holds. */
      readonly class_name: 'StopWhen';
      readonly config: {
        readonly conditions: readonly {
          readonly metric: string;
          readonly above: number | null;
          readonly below: number | null;
        }[];
      };
    }
  | {
      /** The rate of each epoch; the function was evaluated when the recipe was described. */
      readonly class_name: 'LearningRateScheduler';
      readonly config: { readonly values: readonly number[] };
    }
  | {
      readonly class_name: 'ReduceLROnPlateau';
      readonly config: {
        readonly monitor: string;
        readonly factor: number;
        readonly patience: number;
        readonly mode: Mode;
        readonly min_delta: number;
        readonly cooldown: number;
        readonly min_lr: number;
      };
    };

/** A share of the size below 1; a whole number, or numbers to choose from, of pixels; pixels. */
export type ShiftRange = number | readonly number[];

/** The options of ImageDataGenerator with Keras's meaning of each, for pixels from 0 to 1. */
export interface Augmentation {
  readonly rotation_range: number;
  readonly width_shift_range: ShiftRange;
  readonly height_shift_range: ShiftRange;
  readonly shear_range: number;
  /** [lower, upper] factors; `0.2` in a recipe becomes [0.8, 1.2]. */
  readonly zoom_range: readonly [number, number];
  readonly horizontal_flip: boolean;
  readonly vertical_flip: boolean;
  readonly fill_mode: 'constant' | 'nearest' | 'reflect' | 'wrap';
  readonly cval: number;
  /** Added to every channel, to either side. */
  readonly channel_shift_range: number;
  /** [lower, upper] factors of pixels from 0 to 255. */
  readonly brightness_range: readonly [number, number] | null;
  readonly samplewise_center: boolean;
  readonly samplewise_std_normalization: boolean;
}

/** How a mask of the output weighs loss and metrics: as each Keras does, or, as in TF.js, not at all. */
export type OutputMasks = 'keras3' | 'keras2' | 'none';

export interface FitOptions {
  readonly epochs: Ordinal;
  readonly batch_size: Ordinal;
  readonly steps_per_epoch: Ordinal | null;
  /** Share of the training part held back for validation; 0 uses the package's validation part. */
  readonly validation_split: number;
  readonly validation_freq: Ordinal;
  readonly shuffle: boolean;
  readonly seed: Integer | null;
  readonly class_weight: Readonly<Record<string, number>> | null;
  readonly callbacks: readonly Callback[];
}

export interface Recipe {
  readonly format: 'grader-recipe';
  readonly version: 1;
  readonly model: KerasObject;
  readonly compile: {
    readonly optimizer: KerasObject;
    readonly loss: KerasObject;
    readonly metrics: readonly TrainingMetric[];
    /** Of a model file's own settings where it is not Keras 3's way; no recipe has it. */
    readonly outputMasks?: OutputMasks;
  };
  readonly fit: FitOptions;
  readonly augmentation: Augmentation | null;
  readonly vocabulary: Ordinal | null;
}
