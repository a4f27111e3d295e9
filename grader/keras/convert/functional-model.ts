import type { FlatLayer, Tensor } from './conversion.ts';

interface Ends {
  readonly inputs: readonly Tensor[];
  readonly outputs: readonly Tensor[];
}

/** A flat graph as a document. */
export function functionalModel(name: string, layers: readonly FlatLayer[], ends: Ends) {
  const entries = layers.map(({ className, name: layer, config, calls }) => ({
    class_name: className,
    name: layer,
    config,
    inbound_nodes: calls.map((inputs) => inputs.map((input) => [...reference(input), {}])),
  }));
  const config = {
    name,
    layers: entries,
    input_layers: ends.inputs.map(reference),
    output_layers: ends.outputs.map(reference),
  };
  return { class_name: 'Functional' as const, config };
}

function reference({ layer, call, output }: Tensor): readonly [string, number, number] {
  return [layer.name, call, output];
}
