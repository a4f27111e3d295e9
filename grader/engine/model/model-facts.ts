import { countActivations } from './count-activations.ts';
import { countMultiplyAdds } from './count-multiply-adds.ts';
import { parametersOf, type Layer, type ModelPlan } from './model.ts';

/** What follows from a model for how it is trained and predicted with. */
export interface ModelFacts {
  readonly parameters: number;
  /** Of one example's forward pass: all calls of a layer, all steps of a recurrence. */
  readonly multiplyAdds: number;
  /** Values that all layers together hold for one example. */
  readonly activations: number;
  readonly isRecurrent: boolean;
  /** True where training changes statistics of the whole batch. */
  readonly seesTheBatch: boolean;
  /** Passes over a sequence that run side by side. */
  readonly directions: number;
}

/** An axis without a size counts as `longest` long. Throws with fault `limit` what is beyond counting. */
export function modelFacts(plan: ModelPlan, longest: number): ModelFacts {
  const layers = plan.layers.flatMap(withInner);
  const definitions = layers.flatMap((layer) => (layer.kind === 'plain' ? [layer.definition] : []));
  return {
    parameters: parametersOf(plan.weights),
    multiplyAdds: countMultiplyAdds(plan, longest),
    activations: countActivations(plan, longest),
    isRecurrent: definitions.some(({ isRecurrent }) => isRecurrent),
    seesTheBatch: definitions.some(({ seesTheBatch }) => seesTheBatch),
    directions: layers.reduce((most, layer) => Math.max(most, directionsOf(layer)), 1),
  };
}

function withInner(layer: Layer): readonly Layer[] {
  return [layer, ...layer.within.flatMap(withInner)];
}

function directionsOf(layer: Layer): number {
  const isSideBySide = layer.kind === 'plain' && layer.definition.runsSideBySide === true;
  return isSideBySide ? layer.within.length : 1;
}
