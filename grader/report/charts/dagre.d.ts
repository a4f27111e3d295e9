// The package's own declarations import files without their endings, which Node's resolution does not find.
declare module '@dagrejs/dagre' {
  interface Place {
    readonly x: number;
    readonly y: number;
  }
  export class Graph {
    setGraph(label: Readonly<Record<'nodesep' | 'ranksep', number>>): this;
    setNode(name: string, label: { width: number; height: number }): this;
    setEdge(from: string, to: string, label: object): this;
    graph(): { readonly height: number };
    node(name: string): Place;
    edge(from: string, to: string): { readonly points: readonly Place[] };
  }
  export function layout(graph: Graph): void;
}
