import type { LayerWeights } from '../../contract.ts';
import { GraderError, candidateError } from '../../errors.ts';
import { showShape } from '../../text/shape.ts';
import { listedLayers, weightsOf, type ModelPlan } from './model.ts';

/**
 * Whether a file has the arrays that a model's layers need, by order and shape: names differ from
 * one version of Keras to the next. Throws with fault `candidate` for the first that does not fit.
 */
export function checkWeights(model: ModelPlan, stored: readonly LayerWeights[]): void {
  const table = new Map(stored.map(({ layer, arrays }) => [layer, arrays]));
  for (const layer of listedLayers(model.layers)) {
    const shapes = weightsOf(layer).map(({ spec }) => spec.shape);
    const what = `Layer ${layer.name} (${layer.className})`;
    const arrays = table.get(layer.name) ?? [];
    if (arrays.length !== shapes.length) {
      throw mismatch(
        `${what} has ${shapes.length} arrays of weights, of the shapes ${list(shapes)}; ` +
          `the file has ${arrays.length}: ${list(arrays.map(({ shape }) => shape))}.`,
      );
    }
    for (const [index, array] of arrays.entries()) {
      const wanted = shapes[index] ?? [];
      if (showShape(array.shape) === showShape(wanted)) continue;
      throw mismatch(
        `${what} needs an array of shape ${showShape(wanted)} as its weights ${index} (from 0); ` +
          `the file has ${showShape(array.shape)} (${array.name}).`,
      );
    }
  }
}

function list(shapes: readonly (readonly number[])[]): string {
  return shapes.length === 0 ? 'none' : shapes.map(showShape).join(', ');
}

function mismatch(message: string): GraderError {
  return candidateError(
    'weights-do-not-fit',
    message,
    'The weights belong to another model. Save model and weights together: model.save("model.keras").',
  );
}
