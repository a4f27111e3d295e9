import { penalty } from '../layers/regularizers.ts';
import type { Scalar } from '../tensorflow/tf.ts';
import { createdWeights, variableOf, type Model } from './model.ts';

/** What the regularizers add to a training's loss: once for each weight, however often it is used. */
export function penaltiesOf(model: Model): readonly Scalar[] {
  return model.layers.flatMap(createdWeights).flatMap((weight) => {
    const { regularizer } = weight.spec;
    return regularizer ? [penalty(regularizer, variableOf(model, weight))] : [];
  });
}
