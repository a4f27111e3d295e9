import type { LayerConfig } from '../contract.ts';
import { callOrder } from './call-order.ts';
import { wrongInputs } from './layers/inputs.ts';
import { outputCount } from './layers/outputs.ts';
import { clean } from '../text/show.ts';

type Reference = readonly [name: string, call: number, output: number, ...rest: unknown[]];
type Calls = readonly (readonly Reference[])[];

/**
 * What is wrong with the connections of a functional model: a layer that does not exist, a loop, or
 * calls of a shared layer in an order that TF.js Layers would renumber when it loads them.
 */
export function checkGraph(
  config: Readonly<Record<string, unknown>>,
  path: string,
): readonly string[] {
  const layers = config['layers'] as readonly LayerConfig[];
  const pending = new Map<string, Calls>(
    layers.map((layer) => [String(layer.name), (layer.inbound_nodes ?? []) as Calls]),
  );
  const outputs = new Map(layers.map((layer) => [String(layer.name), outputCount(layer)]));
  const graph = { calls: pending, outputs };
  const problems = layers.flatMap((layer, index) =>
    checkReferences(layer, `${path}/config/layers/${index}`, graph),
  );
  const ends = [
    config['input_layers'],
    config['output_layers'],
  ] as readonly (readonly Reference[])[];
  for (const end of ends.flat()) {
    const problem = problemOf(end, graph);
    if (problem !== null) problems.push(`${path}/config names ${problem}`);
  }
  return problems.length > 0 ? problems : checkOrder(layers, pending);
}

interface Graph {
  readonly calls: ReadonlyMap<string, Calls>;
  /** Outputs of each call of a layer. */
  readonly outputs: ReadonlyMap<string, number>;
}

function checkReferences(layer: LayerConfig, path: string, graph: Graph): readonly string[] {
  const calls = (layer.inbound_nodes ?? []) as Calls;
  const isInput = layer.class_name === 'InputLayer';
  if (isInput !== (calls.length === 0)) {
    const rule = isInput ? 'be empty for an InputLayer' : 'name the inputs of the layer';
    return [`${path}/inbound_nodes must ${rule}.`];
  }
  const references = calls.flat().flatMap((reference) => {
    const problem = problemOf(reference, graph);
    return problem === null ? [] : [`${path}/inbound_nodes names ${problem}`];
  });
  const counts = calls.flatMap((inputs) => {
    const wrong = wrongInputs(layer, inputs.length);
    return wrong === null ? [] : [`${path} (${layer.class_name}) ${wrong}`];
  });
  return [...references, ...counts];
}

/** What a reference names that is not there; null where it is. */
function problemOf([name, call, output]: Reference, graph: Graph): string | null {
  const calls = graph.calls.get(name);
  if (!calls) return `"${clean(name)}", which is no layer of the model.`;
  const count = Math.max(1, calls.length);
  if (call >= count) return `call ${call} of "${clean(name)}", which has ${count}.`;
  const outputs = graph.outputs.get(name) ?? 1;
  return output < outputs ? null : `output ${output} of "${clean(name)}", which has ${outputs}.`;
}

function checkOrder(
  layers: readonly LayerConfig[],
  calls: ReadonlyMap<string, Calls>,
): readonly string[] {
  const named = layers.map(({ name, class_name }) => ({
    name: String(name),
    isInput: class_name === 'InputLayer',
    calls: calls.get(String(name)) ?? [],
  }));
  const { stuck, shuffled } = callOrder(named);
  if (stuck) return [`The layer "${clean(stuck.name)}" depends on its own output.`];
  if (!shuffled) return [];
  return [`The shared layer "${clean(shuffled.name)}" is called in an order that cannot be kept.`];
}
