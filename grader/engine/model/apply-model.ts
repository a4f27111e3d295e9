import type { LayersModel, Tensor } from '../tensorflow/tf.ts';

/** The model's outputs for its inputs, each list in the model's order. */
export function applyModel(
  model: LayersModel,
  inputs: readonly Tensor[],
  options: { training: boolean },
): readonly Tensor[] {
  const given = [model.apply([...inputs], options)].flat() as Tensor[];
  // TF.js answers a tensor that is several outputs at the first of them only.
  return model.outputs.map((output) => given[model.outputs.indexOf(output)] as Tensor);
}
