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
  const { met, done } = walk(outputs);
  const depths = new Map<Node, number>();
  const layerDepths = new Map<Layer, number>();
  for (const node of [...done].toReversed()) {
    const depth = Math.max(depths.get(node) ?? 0, layerDepths.get(node.layer) ?? 0);
    layerDepths.set(node.layer, depth);
    depths.set(node, depth);
    for (const { node: before } of node.inputs) {
      depths.set(before, Math.max(depth + 1, depths.get(before) ?? 0));
    }
  }
  return { layers: [...new Set([...met].map(({ layer }) => layer))], depths, layerDepths };
}

interface Walk {
  /** In the order on the way back from the outputs. */
  readonly met: ReadonlySet<Node>;
  /** Each after those that it needs. */
  readonly done: ReadonlySet<Node>;
}

/** From the outputs back to what they need; not by calling itself, as a model may be that deep. */
function walk(outputs: readonly Value[]): Walk {
  const met = new Set<Node>();
  const done = new Set<Node>();
  const open: { readonly node: Node; readonly rest: Iterator<Value> }[] = [];
  const enter = ({ node }: Value) => {
    if (met.has(node)) return;
    met.add(node);
    open.push({ node, rest: node.inputs.values() });
  };
  for (const output of outputs) {
    enter(output);
    for (let top = open.at(-1); top; top = open.at(-1)) {
      const next = top.rest.next();
      if (!next.done) {
        enter(next.value);
        continue;
      }
      done.add(top.node);
      open.pop();
    }
  }
  return { met, done };
}
