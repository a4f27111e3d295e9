import type { KerasObject, LayerConfig, ModelSummary } from '../contract.ts';
import type { Node } from '../engine/compiled/graph/graph-builder.ts';

type Reference = readonly [name: string, call: number, output: number, ...rest: unknown[]];

/** The layers of a checked model as a graph: a node for each call of a layer, its class as the op. */
export function layerNodes({ config }: KerasObject, summary: ModelSummary): readonly Node[] {
  const layers = config['layers'] as readonly LayerConfig[];
  let before: string | null = null;
  return layers.flatMap((layer) => {
    const name = String(layer.name ?? layer.config['name']);
    const { class_name: op, inbound_nodes } = layer;
    const attributes = attributesOf(name, summary);
    const isChain = inbound_nodes === undefined;
    const inputs: readonly (readonly string[])[] = isChain
      ? [before === null ? [] : [before]]
      : (inbound_nodes as readonly (readonly Reference[])[]).map((call) => call.map(nodeOf));
    before = name;
    const calls = inputs.length > 0 ? inputs : [[]];
    return calls.map((of, call) => ({ name: callName(name, call), op, inputs: of, attributes }));
  });
}

function nodeOf([name, call, output]: Reference): string {
  return output === 0 ? callName(name, call) : `${callName(name, call)}:${output}`;
}

function callName(name: string, call: number): string {
  return call === 0 ? name : `${name}/call_${call + 1}`;
}

/** What TensorBoard shows of a node; -1 stands for any length. */
function attributesOf(name: string, { layers }: ModelSummary): Node['attributes'] {
  const layer = layers.find((each) => each.name === name);
  if (!layer) return {};
  return {
    output_shape: { shape: [-1, ...layer.outputShape.map((length) => length ?? -1)] },
    parameters: { int: layer.parameters },
  };
}
