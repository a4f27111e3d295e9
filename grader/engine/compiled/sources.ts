import type { TrainerSettings } from '../train/eager-trainer.ts';
import { exampleWeights } from '../train/example-weights.ts';
import { targetReader } from '../train/targets.ts';
import type { Part } from '../train/trainer.ts';
import type { PartSource } from './part-data.ts';

export type Sources = Readonly<Record<Part, PartSource>>;

/** The arrays of both parts as a training reads them. */
export function sourcesOf({ model, recipe, training, validation }: TrainerSettings): Sources {
  const outputShape = (model.outputShape as (number | null)[]).slice(1);
  const { loss } = recipe.compile;
  return {
    training: {
      inputs: training.inputs,
      targets: targetReader(training.targets, loss, outputShape),
      weights: exampleWeights(training, recipe.fit.class_weight),
    },
    validation: {
      inputs: validation.inputs,
      targets: targetReader(validation.targets, loss, outputShape),
      weights: null,
    },
  };
}
