import { sumOf } from '../../sizes.ts';
import type { Layer, ModelPlan } from './model.ts';
import { callCost, sizedInputs } from './plan-layer.ts';
import { inLayer } from './in-layer.ts';

/** Of one example's forward pass. An axis without a size is `longest` long. */
export function countMultiplyAdds(plan: ModelPlan, longest: number): number {
  // A model within the model costs the same at each call.
  const models = new Map<Layer, number>();
  for (const layer of plan.layers) {
    if (layer.kind === 'model') models.set(layer, countMultiplyAdds(layer.model, longest));
  }
  return sumOf(
    plan.nodes.map(({ layer, inputs }) =>
      layer.kind === 'model'
        ? (models.get(layer) ?? 0)
        : inLayer(layer.name, () => callCost(layer, sizedInputs({ inputs }, longest))),
    ),
  );
}
