import type { LayerSummary, ModelSummary, Shape } from '../../contract.ts';
import type { LayersModel, SymbolicTensor } from '../tensorflow/tf.ts';

/**
 * Layers, shapes and parameters of a model; its input and output are the first where it has several,
 * as a layer's output is that of its first call.
 */
export function summarizeModel(model: LayersModel): ModelSummary {
  const layers = model.layers.map((layer): LayerSummary => ({
    name: layer.name,
    className: layer.getClassName(),
    outputShape: withoutBatch((layer.getOutputAt(0) as SymbolicTensor).shape),
    parameters: layer.countParams(),
  }));
  const trainable = model.trainableWeights.reduce(
    (sum, weight) => sum + weight.shape.reduce<number>((product, size) => product * (size ?? 1), 1),
    0,
  );
  return {
    layers,
    parameters: model.countParams(),
    trainableParameters: trainable,
    inputShape: withoutBatch(model.inputs[0]?.shape ?? []),
    outputShape: withoutBatch(model.outputs[0]?.shape ?? []),
  };
}

/** The shape of one example. */
export function withoutBatch(shape: readonly (number | null)[]): Shape {
  return shape.slice(1);
}
