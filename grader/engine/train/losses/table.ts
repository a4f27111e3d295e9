import type { KerasObject } from '../../../contract.ts';
import { isLoss } from '../../../recipe/loss-facts.ts';
import { lossTable } from '../../../recipe/losses.ts';
import { storedOptions } from '../../../recipe/stored-options.ts';
import type { Scalar, Tensor } from '../../tensorflow/tf.ts';
import type { AnyLoss, LossDefinitions } from './definition.ts';
import { hingeLosses } from './hinge.ts';
import { probabilisticLosses } from './probabilistic.ts';
import { reduceLosses, type Weighing } from './reduction.ts';
import { regressionLosses } from './regression.ts';
import { segmentationLosses } from './segmentation.ts';

/** Every loss, by Keras class name. */
const losses: LossDefinitions = {
  ...regressionLosses,
  ...probabilisticLosses,
  ...hingeLosses,
  ...segmentationLosses,
};

/** A loss with its options. */
export interface Loss {
  /** Of a batch: targets in the shape of the predictions, or class numbers [batch] or [batch, 1]. */
  readonly of: (targets: Tensor, predictions: Tensor, weighing: Weighing) => Scalar;
  /** True where it is not the mean of the losses of a batch's parts. */
  readonly seesTheBatch: boolean;
}

/** Throws for a class that is none. */
export function lossOf({ class_name: className, config }: KerasObject): Loss {
  if (!isLoss(className)) throw new Error(`Unknown loss: ${className}`);
  const definition: AnyLoss = losses[className];
  const options = storedOptions(lossTable[className].options, config);
  const { reduction } = options;
  return {
    of(targets, predictions, { mask, ...weighing }) {
      const ofExamples = definition.ofExamples(options, targets, predictions);
      const counted = definition.mask?.(options, targets) ?? null;
      const masks = [mask, counted].filter((one) => one !== null);
      return reduceLosses(ofExamples, { ...weighing, masks, reduction });
    },
    seesTheBatch: reduction !== 'sum_over_batch_size' || !!definition.seesTheBatch?.(options),
  };
}
