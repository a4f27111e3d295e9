import type { StoredOptions } from '../../../recipe/option.ts';
import type { LossClassName, lossTable } from '../../../recipe/losses.ts';
import type { AnyOptions } from '../../layers/of-options.ts';
import type { Tensor } from '../../tensorflow/tf.ts';

/** What a Keras loss is (keras/src/losses/losses.py), before a batch's losses become one number. */
interface LossDefinition<Options> {
  /** Of each example: targets and predictions [batch, ..., outputs] to [batch, ...]. */
  ofExamples(options: Options, targets: Tensor, predictions: Tensor): Tensor;
  /** Of each loss, 1 where it counts and 0 where it does not; null, or left out, where all count. */
  mask?(options: Options, targets: Tensor): Tensor | null;
  /** True where the loss of an example depends on the rest of its batch; left out, it does not. */
  seesTheBatch?(options: Options): boolean;
}

/** The options of a loss, as a document has them. */
type LossOptions<ClassName extends LossClassName> = StoredOptions<
  (typeof lossTable)[ClassName]['options']
>;

/** One for each loss that a recipe may have, for its options, and no other. */
export type LossDefinitions = {
  readonly [ClassName in LossClassName]: LossDefinition<LossOptions<ClassName>>;
};

/** A definition whose options are not known. */
export type AnyLoss = LossDefinition<AnyOptions>;

/** Keras's fuzz factor, `keras.config.epsilon()`. */
export const epsilon = 1e-7;
