import { Graph, layout } from '@dagrejs/dagre';

export interface Point {
  readonly x: number;
  readonly y: number;
}

interface LayerLayout {
  /** Where the leftmost box or arrow is. */
  readonly left: number;
  readonly width: number;
  readonly height: number;
  /** The middle of each box. */
  readonly boxes: readonly Point[];
  /** The ways of the arrows, from the lower edge of a box to the upper edge of another. */
  readonly arrows: readonly (readonly Point[])[];
}

const most = { boxes: 200, ranks: 400 };

/**
 * Boxes of one size in ranks from top to bottom, by Sugiyama's method as dagre has it; null where it would
 * take longer than a page may. `inputs` names, for each box, the boxes before it.
 */
export function layerLayout(
  inputs: readonly (readonly number[])[],
  box: { readonly width: number; readonly height: number },
): LayerLayout | null {
  if (inputs.length === 0 || inputs.length > most.boxes || ranksCrossed(inputs) > most.ranks)
    return null;
  const graph = new Graph();
  graph.setGraph({ nodesep: 16, ranksep: 24 });
  for (const place of inputs.keys()) graph.setNode(String(place), { ...box });
  const edges = inputs.flatMap((from, to) =>
    from.map((each) => [String(each), String(to)] as const),
  );
  for (const [from, to] of edges) graph.setEdge(from, to, {});
  layout(graph);
  const boxes = Array.from(inputs.keys(), (place) => graph.node(String(place)));
  const arrows = edges.map(([from, to]) => {
    const [start, end] = [graph.node(from), graph.node(to)];
    const between = graph.edge(from, to).points.slice(1, -1);
    return [
      { x: start.x, y: start.y + box.height / 2 },
      ...between,
      { x: end.x, y: end.y - box.height / 2 },
    ];
  });
  return { boxes, arrows, ...extent({ boxes, arrows }, box.width), height: graph.graph().height };
}

/** dagre's own width leaves out arrows that pass beside all boxes. */
function extent(
  { boxes, arrows }: Pick<LayerLayout, 'boxes' | 'arrows'>,
  width: number,
): Pick<LayerLayout, 'left' | 'width'> {
  const edges = boxes.flatMap(({ x }) => [x - width / 2, x + width / 2]);
  const across = [...edges, ...arrows.flat().map(({ x }) => x)];
  const left = Math.min(...across);
  return { left, width: Math.max(...across) - left };
}

/** What the layout's time grows with: ranks from box to box, over all arrows. */
function ranksCrossed(inputs: readonly (readonly number[])[]): number {
  const ranks: number[] = [];
  let crossed = 0;
  for (const [place, from] of inputs.entries()) {
    const before = from.map((each) => ranks[each] ?? 0);
    const rank = before.reduce((last, each) => Math.max(last, each + 1), 0);
    ranks[place] = rank;
    crossed += before.reduce((sum, each) => sum + rank - each, 0);
  }
  return crossed;
}
