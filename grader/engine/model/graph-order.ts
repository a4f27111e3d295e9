import type { Layer, Node, Value } from './model.ts';

/**
 * The calls that outputs need, in the order in which Keras runs them: those farthest from an output first
 * (`keras/src/ops/function.py`). A layer that draws random numbers in two calls draws in this order.
 */
export function nodesInOrder(outputs: readonly Value[]): readonly Node[] {
  const { depths } = depthsOf(outputs);
  const farthestFirst = [...depths].toSorted(([, one], [, other]) => other - one);
  return farthestFirst.map(([node]) => node).filter(({ inputs }) => inputs.length > 0);
}

/**
 * The layers that outputs need, as Keras lists them: those farthest from an output first, and among as
 * far ones those first that are met first on the way back from the outputs.
 */
export function layersInOrder(outputs: readonly Value[]): readonly Layer[] {
  const { layers, layerDepths } = depthsOf(outputs);
  const depthOf = (layer: Layer) => layerDepths.get(layer) ?? 0;
  return layers.toSorted((a, b) => depthOf(b) - depthOf(a));
}

/** How far calls and layers are from an output, in the order in which Keras comes to know it. */
function depthsOf(outputs: readonly Value[]) {
  const { nodes, layers } = found(outputs);
  const depths = new Map<Node, number>();
  const layerDepths = new Map<Layer, number>();
  for (const node of nodes.toReversed()) {
    const depth = Math.max(depths.get(node) ?? 0, layerDepths.get(node.layer) ?? 0);
    layerDepths.set(node.layer, depth);
    depths.set(node, depth);
    for (const { node: before } of node.inputs) {
      depths.set(before, Math.max(depth + 1, depths.get(before) ?? 0));
    }
  }
  return { layers, depths, layerDepths };
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
