import type { LayerConfig } from '../contract.ts';
import { callOrder, type Reference } from './call-order.ts';
import { clean } from './show.ts';

type Calls = readonly (readonly Reference[])[];

/**
 * What is wrong with the connections of a functional model: a layer that does not exist, a loop, or
 * calls of a shared layer in an order that TF.js Layers would renumber when it loads them.
 */
export function checkGraph(config: Readonly<Record<string, unknown>>): readonly string[] {
  const layers = config['layers'] as readonly LayerConfig[];
  const pending = new Map<string, Calls>(
    layers.map((layer) => [String(layer.name), (layer.inbound_nodes ?? []) as Calls]),
  );
  const problems = layers.flatMap((layer, index) => checkReferences(layer, index, pending));
  const ends = [
    config['input_layers'],
    config['output_layers'],
  ] as readonly (readonly Reference[])[];
  for (const [name, call] of ends.flat()) {
    const calls = pending.get(name);
    if (!calls)
      problems.push(`/model/config names the layer "${clean(name)}", which it does not have.`);
    else if (call >= Math.max(1, calls.length))
      problems.push(
        `/model/config names call ${call} of "${clean(name)}", which has ${calls.length}.`,
      );
  }
  return problems.length > 0 ? problems : checkOrder(layers, pending);
}

function checkReferences(
  layer: LayerConfig,
  index: number,
  known: ReadonlyMap<string, Calls>,
): readonly string[] {
  const path = `/model/config/layers/${index}`;
  const calls = (layer.inbound_nodes ?? []) as Calls;
  const isInput = layer.class_name === 'InputLayer';
  if (isInput !== (calls.length === 0)) {
    const rule = isInput ? 'be empty for an InputLayer' : 'name the inputs of the layer';
    return [`${path}/inbound_nodes must ${rule}.`];
  }
  return calls.flat().flatMap(([name, call]) => {
    const target = known.get(name);
    if (!target)
      return [`${path}/inbound_nodes names "${clean(name)}", which is no layer of the model.`];
    const count = Math.max(1, target.length);
    return call < count
      ? []
      : [`${path}/inbound_nodes names call ${call} of "${clean(name)}", which has ${count}.`];
  });
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
