import type { DataType } from './attributes.ts';
import { addBatchLoop, feeds } from './graph/batch-loop.ts';
import { GraphBuilder, type Node } from './graph/graph-builder.ts';
import { GraphState, type GraphVariable } from './graph/state.ts';
import type { Program } from './program.ts';

export const predictNames = {
  /** Stored rows, batch after batch: [steps * batch, ...]. */
  inputs: 'inputs',
  weight: (index: number) => `weight/${index}`,
  /** Predictions of the batches: [steps, batch, ...]. */
  outputs: (batch: number) => `predict/${batch}`,
};

/**
 * A graph that holds a model's weights and answers its predictions for batches of given sizes, whose
 * rows come in the type that they are stored in; `parallel` batches are under way at once.
 */
export function predictGraph(
  programs: ReadonlyMap<number, Program>,
  { stored, parallel }: { stored: DataType; parallel: number },
): readonly Node[] {
  const graph = new GraphBuilder();
  const state = new GraphState(graph);
  const [first] = programs.values();
  const input = first?.inputs[0]?.value;
  if (!first || !input) throw new Error('nothing to predict');
  const weights = first.variables.map(({ value }, index) =>
    state.fed(predictNames.weight(index), value),
  );
  state.finish();
  graph.placeholder(feeds.steps, 'int32', []);
  graph.placeholder(predictNames.inputs, stored, [-1, ...input.shape.slice(1)]);
  for (const [batch, program] of programs)
    addLoop(graph, { batch, program, weights, stored, parallel });
  return graph.nodes;
}

function addLoop(
  graph: GraphBuilder,
  {
    batch,
    program,
    weights,
    stored,
    parallel,
  }: {
    batch: number;
    program: Program;
    weights: readonly GraphVariable[];
    stored: DataType;
    parallel: number;
  },
): void {
  const input = program.inputs[0]?.value;
  const [output] = program.outputs;
  const type = program.operations
    .flatMap(({ outputs }) => outputs)
    .find(({ id }) => id === output?.id);
  if (!input || !output || !type) throw new Error('a model without an input or an output');
  addBatchLoop(graph, {
    name: predictNames.outputs(batch),
    shape: type.shape,
    parallel,
    body: (round) => {
      const rows = round.part(predictNames.inputs, stored, input.shape);
      const inputs = round.cast(rows, stored, input.dtype);
      const reads = weights.map((weight) => round.read(weight));
      const emitted = round.emit(program, { given: { inputs }, reads });
      return { value: emitted.nodeOf(output.id), effects: [] };
    },
  });
}
