import type { Layer, Node, Value } from './model.ts';

/**
 * The calls that outputs need, each after those that it needs itself and the last input's first, as
 * TF.js runs them: a layer that draws random numbers in two calls draws in this order.
 */
export function nodesInOrder(outputs: readonly Value[]): readonly Node[] {
  const done = new Set<Node>();
  const visit = (node: Node) => {
    if (done.has(node)) return;
    for (const { node: before } of node.inputs.toReversed()) visit(before);
    done.add(node);
  };
  for (const { node } of outputs) visit(node);
  return [...done].filter(({ inputs }) => inputs.length > 0);
}

/**
 * The layers that outputs need, as Keras lists them: those farthest from an output first, and among as
 * far ones those first that are met first on the way back from the outputs.
 */
export function layersInOrder(outputs: readonly Value[]): readonly Layer[] {
  const { nodes, layers } = found(outputs);
  const depths = new Map<Node, number>();
  const layerDepths = new Map<Layer, number>();
  for (const node of nodes.toReversed()) {
    const depth = Math.max(depths.get(node) ?? 0, layerDepths.get(node.layer) ?? 0);
    layerDepths.set(node.layer, depth);
    for (const { node: before } of node.inputs) {
      depths.set(before, Math.max(depth + 1, depths.get(before) ?? 0));
    }
  }
  const depthOf = (layer: Layer) => layerDepths.get(layer) ?? 0;
  return layers.toSorted((a, b) => depthOf(b) - depthOf(a));
}

/** Nodes after those that they need; layers as they are met. */
function found(outputs: readonly Value[]) {
  const nodes = new Set<Node>();
  const layers = new Set<Layer>();
  const visit = (node: Node) => {
    if (nodes.has(node)) return;
    layers.add(node.layer);
    for (const { node: before } of node.inputs) visit(before);
    nodes.add(node);
  };
  for (const { node } of outputs) visit(node);
  return { nodes: [...nodes], layers: [...layers] };
}
