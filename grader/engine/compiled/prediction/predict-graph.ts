import type { DataType } from '../program/attributes.ts';
import { addBatchLoop, feeds } from '../graph/batch-loop.ts';
import { GraphBuilder, type Node } from '../graph/graph-builder.ts';
import { GraphState, type GraphVariable } from '../graph/state.ts';
import { valuesOf, type Program } from '../program/program.ts';

export const predictNames = {
  /** Stored rows of an input, batch after batch: [steps * batch, ...]. */
  input: (index: number) => `inputs/${index}`,
  weight: (index: number) => `weight/${index}`,
  /** Predictions of the batches at an output: [steps, batch, ...]. */
  output: (batch: number, index: number) => `predict/${batch}/${index}`,
};

/**
 * A graph that holds a model's weights and answers its predictions for batches of given sizes, whose
 * inputs come in the types that they are stored in; `parallel` batches are under way at once.
 */
export function predictGraph(
  programs: ReadonlyMap<number, Program>,
  { stored, parallel }: { stored: readonly DataType[]; parallel: number },
): readonly Node[] {
  const graph = new GraphBuilder();
  const state = new GraphState(graph);
  const [first] = programs.values();
  if (!first) throw new Error('nothing to predict');
  const weights = first.variables.map(({ value }, index) =>
    state.fed(predictNames.weight(index), value),
  );
  state.finish();
  graph.placeholder(feeds.steps, 'int32', []);
  first.inputs.forEach(({ value }, index) => {
    const shape = [-1, ...value.shape.slice(1)];
    graph.placeholder(predictNames.input(index), stored[index] ?? value.dtype, shape);
  });
  for (const [batch, program] of programs)
    addLoop(graph, { batch, program, weights, stored, parallel });
  return graph.nodes;
}

interface LoopRequest {
  readonly batch: number;
  readonly program: Program;
  readonly weights: readonly GraphVariable[];
  readonly stored: readonly DataType[];
  readonly parallel: number;
}

function addLoop(
  graph: GraphBuilder,
  { batch, program, weights, stored, parallel }: LoopRequest,
): void {
  const values = valuesOf(program);
  addBatchLoop(graph, {
    results: program.outputs.map(({ id }, index) => ({
      name: predictNames.output(batch, index),
      shape: values.get(id)?.shape ?? [],
    })),
    parallel,
    body: (round) => {
      const given = program.inputs.map(({ name, value: { shape, dtype } }, index) => {
        const type = stored[index] ?? dtype;
        const rows = round.part(predictNames.input(index), type, shape);
        return [name, round.cast(rows, type, dtype)] as const;
      });
      const reads = weights.map((weight) => round.read(weight));
      const { nodeOf } = round.emit(program, { given: Object.fromEntries(given), reads });
      return { values: program.outputs.map(({ id }) => nodeOf(id)), effects: [] };
    },
  });
}
