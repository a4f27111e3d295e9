import type { KerasObject } from '../../contract.ts';
import type { Layer, ModelPlan, Node, Value } from './model.ts';
import { savedLayer } from './saved-layer.ts';

/** A model's architecture as TF.js writes it. */
export function savedModel(plan: ModelPlan): KerasObject {
  const layers = plan.layers.map((layer) => ({ layer, saved: savedOf(layer) }));
  const { className: class_name, name } = plan;
  if (class_name === 'Sequential') {
    return { class_name, config: { name, layers: layers.map(({ saved }) => saved) } };
  }
  const numbers = callNumbers(plan);
  const end = ({ node, index }: Value) => [node.layer.name, numbers.get(node) ?? 0, index];
  return {
    class_name,
    config: {
      name,
      layers: layers.map(({ layer, saved }) => ({
        ...{ name: layer.name, ...saved },
        inbound_nodes: callsOf(layer, plan).map(({ inputs }) =>
          inputs.map((input) => [...end(input), {}]),
        ),
      })),
      input_layers: plan.inputs.map(end),
      output_layers: plan.outputs.map(end),
    },
  };
}

function savedOf(layer: Layer): KerasObject {
  if (layer.kind === 'model') return savedModel(layer.model);
  return savedLayer({ class_name: layer.className, config: layer.config }, layer.name);
}

/** Numbers of the calls that a model's outputs need; TF.js counts what a model within it is as one. */
function callNumbers(plan: ModelPlan): ReadonlyMap<Node, number> {
  return new Map(
    plan.layers.flatMap((layer) => {
      const before = layer.kind === 'model' ? 1 : 0;
      return callsOf(layer, plan).map((node, index) => [node, before + index] as const);
    }),
  );
}

function callsOf(layer: Layer, { nodes }: ModelPlan): readonly Node[] {
  return nodes.filter((node) => node.layer === layer).toSorted((a, b) => a.call - b.call);
}
