import type { ModelSummary, Shape } from '../../contract.ts';
import { inLayer } from './in-layer.ts';
import { parametersOf, trainedWeights, weightsOf, type Layer, type ModelPlan } from './model.ts';

/**
 * Layers, shapes, parameters and connections of a model; its input and output are the first where it has several,
 * as a layer's output is that of its first call.
 */
export function summarizeModel(model: ModelPlan): ModelSummary {
  const inputs = inputsOf(model);
  return {
    layers: model.layers.map((layer) => ({
      name: layer.name,
      className: layer.className,
      outputShape: withoutBatch(layer.output),
      parameters: inLayer(layer.name, () => parametersOf(weightsOf(layer))),
      inputs: [...(inputs.get(layer) ?? [])].toSorted((a, b) => a - b),
    })),
    parameters: parametersOf(model.weights),
    trainableParameters: parametersOf(trainedWeights(model)),
    inputShape: withoutBatch(model.inputs[0]?.shape ?? []),
    outputShape: withoutBatch(model.outputs[0]?.shape ?? []),
  };
}

/** Of each layer, the places of the layers that any of its calls takes; what is no layer of the list is left out. */
function inputsOf({ layers, nodes }: ModelPlan): ReadonlyMap<Layer, ReadonlySet<number>> {
  const places = new Map(layers.map((layer, place) => [layer, place]));
  const inputs = new Map(layers.map((layer) => [layer, new Set<number>()]));
  for (const { layer, inputs: values } of nodes) {
    for (const { node } of values) {
      const place = places.get(node.layer);
      if (place !== undefined) inputs.get(layer)?.add(place);
    }
  }
  return inputs;
}

/** The shape of one example. */
export function withoutBatch(shape: readonly (number | null)[]): Shape {
  return shape.slice(1);
}
