import { candidateError } from '../../errors.ts';
import type { RowReader } from '../rows/batches.ts';
import { exampleWeights } from './example-weights.ts';
import type { TrainerSettings, TrainingPart } from './settings.ts';
import { targetReader } from './targets.ts';
import type { Part } from './trainer.ts';

/** A part's arrays as a training reads them. */
export interface PartSource {
  /** One for each input of the model. */
  readonly inputs: readonly RowReader[];
  /** One for each output of the model. */
  readonly targets: readonly RowReader[];
  /** One for each row's loss. */
  readonly weights: Float32Array | null;
}

export type Sources = Readonly<Record<Part, PartSource>>;

/**
 * The arrays of both parts as both trainers read them. Throws with fault `candidate` for class
 * weights of a model with several outputs, as Keras does, and augmentation of one with several inputs.
 */
export function sourcesOf(settings: TrainerSettings): Sources {
  const { training, validation, recipe } = settings;
  checkCounts(settings);
  checkSingles(settings);
  return {
    training: {
      inputs: training.inputs,
      targets: targetReaders(settings, training),
      weights: exampleWeights(training, recipe.fit.class_weight),
    },
    validation: {
      inputs: validation.inputs,
      targets: targetReaders(settings, validation),
      weights: null,
    },
  };
}

function checkCounts({ model, recipe, training, validation }: TrainerSettings): void {
  const { inputs, outputs } = model;
  const counts: [string, readonly unknown[], readonly unknown[]][] = [
    ['training inputs', training.inputs, inputs],
    ['validation inputs', validation.inputs, inputs],
    ['training targets', training.targets, outputs],
    ['validation targets', validation.targets, outputs],
    ['losses', recipe.compile.outputs, outputs],
  ];
  for (const [what, given, wanted] of counts) {
    if (given.length === wanted.length) continue;
    throw new Error(`the model takes ${wanted.length} ${what}, not ${given.length}`);
  }
}

function checkSingles({ model, recipe }: TrainerSettings): void {
  const { length: inputs } = model.inputs;
  const { length: outputs } = model.outputs;
  if (recipe.fit.class_weight && outputs > 1) {
    throw candidateError(
      'class-weight-of-several-outputs',
      `class_weight is for models with a single output; this one has ${outputs}.`,
      'Leave class_weight out; the weight of each loss is its own setting.',
    );
  }
  if (recipe.augmentation && inputs > 1) {
    throw candidateError(
      'augmentation-of-several-inputs',
      `Augmentation is for models with a single input; this one has ${inputs}.`,
      'Leave the augmentation out, or take a model of the images alone.',
    );
  }
}

function targetReaders({ model, recipe }: TrainerSettings, { targets }: TrainingPart): RowReader[] {
  return targets.map((array, index) => {
    const goal = recipe.compile.outputs[index];
    const shape = model.outputs[index]?.shape;
    if (!goal || !shape) throw new Error(`there is no output ${index}`);
    return targetReader(array, goal.loss, shape.slice(1));
  });
}
