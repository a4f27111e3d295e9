import type { KerasObject, LayerConfig } from '../../contract.ts';
import { layersOf } from '../../recipe/model-layers.ts';

type Reference = readonly [name: string, ...rest: unknown[]];

/** The layers that lead one after the other to a normalised model's output, from where nothing merges. */
export function rowToOutput(model: KerasObject): LayerConfig[] {
  if (model.class_name === 'Sequential') return [...layersOf(model)];
  const layers = new Map<string, LayerConfig>(
    layersOf(model).map((layer) => [String(layer.config['name']), layer]),
  );
  const row: LayerConfig[] = [];
  let next = referencesOf(model.config['output_layers'])[0];
  while (next) {
    const layer = layers.get(next[0]);
    if (!layer || row.includes(layer)) break;
    row.unshift(layer);
    next = onlyInput(layer);
  }
  return row;
}

/** Undefined for an input, for a merge and for a layer that is called twice. */
function onlyInput({ inbound_nodes: calls }: LayerConfig): Reference | undefined {
  const [call, ...others] = Array.isArray(calls) ? (calls as readonly unknown[]) : [];
  const [reference, ...more] = referencesOf(call);
  return others.length + more.length === 0 ? reference : undefined;
}

function referencesOf(list: unknown): readonly Reference[] {
  return Array.isArray(list) ? (list as readonly Reference[]) : [];
}

/** The layer that a TimeDistributed or a Bidirectional wraps, else the layer itself. */
export function unwrapped(layer: KerasObject): KerasObject {
  const inner = layer.config['layer'] as KerasObject | undefined;
  return inner ? unwrapped(inner) : layer;
}
