import type { ModelSummary, Shape } from '../../contract.ts';
import { inLayer } from './in-layer.ts';
import { parametersOf, trainedWeights, weightsOf, type ModelPlan } from './model.ts';

/**
 * Layers, shapes and parameters of a model; its input and output are the first where it has several,
 * as a layer's output is that of its first call.
 */
export function summarizeModel(model: ModelPlan): ModelSummary {
  return {
    layers: model.layers.map((layer) => ({
      name: layer.name,
      className: layer.className,
      outputShape: withoutBatch(layer.output),
      parameters: inLayer(layer.name, () => parametersOf(weightsOf(layer))),
    })),
    parameters: parametersOf(model.weights),
    trainableParameters: parametersOf(trainedWeights(model)),
    inputShape: withoutBatch(model.inputs[0]?.shape ?? []),
    outputShape: withoutBatch(model.outputs[0]?.shape ?? []),
  };
}

/** The shape of one example. */
export function withoutBatch(shape: readonly (number | null)[]): Shape {
  return shape.slice(1);
}
