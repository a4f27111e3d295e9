import type { LayerSummary, ModelSummary, Shape } from '../contract.ts';
import type { LayersModel } from './tf.ts';

/** Layers, shapes and parameters of a model with one input and one output. */
export function summarizeModel(model: LayersModel): ModelSummary {
  const layers = model.layers.map((layer): LayerSummary => ({
    name: layer.name,
    className: layer.getClassName(),
    outputShape: withoutBatch(layer.outputShape as (number | null)[]),
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

function withoutBatch(shape: readonly (number | null)[]): Shape {
  return shape.slice(1);
}
