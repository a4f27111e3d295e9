import type { KerasObject, NdArray, OutputMasks, Recipe } from '../../contract.ts';
import type { TrainingMetric } from '../../metrics/training.ts';
import type { Model } from '../model/model.ts';
import type { RowReader } from '../rows/batches.ts';
import type { RowSplit } from './split-rows.ts';

export interface TrainingPart {
  /** One for each input of the model, in its order. */
  readonly inputs: readonly RowReader[];
  /** One for each output of the model, in its order. */
  readonly targets: readonly NdArray[];
  /** One weight for each row's loss at every output, beside the class weights. */
  readonly sampleWeights?: Float32Array;
}

/** What an output is trained for and measured by. */
export interface OutputGoal {
  readonly loss: KerasObject;
  /** Its number of Keras's `loss_weights`; left out, the loss counts as it is. */
  readonly lossWeight?: number;
  readonly metrics: readonly TrainingMetric[];
}

export interface CompileSettings {
  readonly optimizer: KerasObject;
  /** One for each output of the model, in its order. */
  readonly outputs: readonly OutputGoal[];
  /** Left out: as in Keras 3. */
  readonly outputMasks?: OutputMasks | undefined;
}

export interface TrainerSettings {
  readonly model: Model;
  readonly recipe: Pick<Recipe, 'augmentation'> & {
    readonly compile: CompileSettings;
    readonly fit: Pick<Recipe['fit'], 'batch_size' | 'class_weight'>;
  };
  readonly training: TrainingPart;
  readonly validation: TrainingPart;
  readonly rows: RowSplit;
  /** Of dropout, noise and augmentation. */
  readonly seed: number;
}
