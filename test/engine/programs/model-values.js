// Values of models as the programs look at them.
import { applyModel } from '../../../dist/grader/engine/model/apply-model.js';
import { variableOf, variablesOf, weightsOf } from '../../../dist/grader/engine/model/model.js';

/** What a model gives for one input or several: a tensor, or several. */
export function applied(model, inputs, { training = false } = {}) {
  const outputs = applyModel(model, [inputs].flat(), { training });
  return outputs.length === 1 ? outputs[0] : outputs;
}

/** Layer by layer, which is Keras's order; the model's own puts the trained ones first. */
export function variablesByLayer(model) {
  return model.layers.flatMap(weightsOf).map((weight) => variableOf(model, weight));
}

/** Those of a layer with this name. */
export function variablesOfLayer(model, name) {
  const layer = model.layers.find((each) => each.name === name);
  return weightsOf(layer).map((weight) => variableOf(model, weight));
}

/** Every number of a model's weights, in the model's order. */
export function valuesOf(model) {
  return variablesOf(model).map((variable) => variable.dataSync());
}
