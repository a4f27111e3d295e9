import type { LayerConfig } from '../contract.ts';
import { clean } from '../text/show.ts';

type Reference = readonly [name: string, call: number, ...rest: unknown[]];
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

/** Goes through the layers as TF.js does, again and again, calling what can be called. */
function checkOrder(
  layers: readonly LayerConfig[],
  calls: ReadonlyMap<string, Calls>,
): readonly string[] {
  const done = new Map<string, number>();
  for (let progress = true; progress;) {
    progress = false;
    for (const { name, class_name } of layers) {
      const all = calls.get(String(name)) ?? [];
      const before = done.get(String(name)) ?? 0;
      const ready = (call: readonly Reference[]) =>
        call.every(([of, index]) => index < (done.get(of) ?? 0));
      const next = class_name === 'InputLayer' ? 1 : before + countWhile(all.slice(before), ready);
      if (all.slice(next).some(ready)) {
        return [
          `The shared layer "${clean(String(name))}" is called in an order that cannot be kept.`,
        ];
      }
      progress ||= next > before;
      done.set(String(name), next);
    }
  }
  const stuck = layers.find(
    ({ name }) => (done.get(String(name)) ?? 0) < (calls.get(String(name))?.length ?? 0),
  );
  return stuck ? [`The layer "${clean(String(stuck.name))}" depends on its own output.`] : [];
}

function countWhile<T>(list: readonly T[], holds: (item: T) => boolean): number {
  const end = list.findIndex((item) => !holds(item));
  return end === -1 ? list.length : end;
}
