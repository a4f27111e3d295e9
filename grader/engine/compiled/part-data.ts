import type { NdArray } from '../../contract.ts';
import type { RowReader } from '../train/batches.ts';
import { isStreamed } from '../train/stored-rows.ts';
import type { Part } from '../train/trainer.ts';
import type { DataType } from './attributes.ts';
import { feeds } from './graph/batch-loop.ts';
import type { GraphBuilder } from './graph/graph-builder.ts';
import type { Round } from './graph/round.ts';
import type { GraphState, GraphVariable } from './graph/state.ts';

/** Stored arrays of one part: the graph holds them, but for inputs that come from a file. */
export interface PartSource {
  readonly inputs: RowReader;
  readonly targets: RowReader;
  /** One for each row's loss. */
  readonly weights: Float32Array | null;
}

/** Names of the variables that the first run is given, and of inputs that each run is given. */
export const dataNames = {
  inputs: (part: Part) => `${part}/inputs`,
  targets: (part: Part) => `${part}/targets`,
  weights: (part: Part) => `${part}/weights`,
  weight: (index: number) => `weight/${index}`,
};

export interface PartVariables {
  /** Null where each run is given its inputs, [steps * batch, ...] of the stored type. */
  readonly inputs: GraphVariable | null;
  readonly targets: GraphVariable;
  readonly weights: GraphVariable | null;
}

/** One part's arrays and what the graph has of them. */
export interface PartData {
  readonly source: PartSource;
  readonly variables: PartVariables;
}

export function declarePart(
  { graph, state }: { graph: GraphBuilder; state: GraphState },
  part: Part,
  source: PartSource,
): PartVariables {
  const declare = (name: string, { dtype, shape }: Pick<NdArray, 'dtype' | 'shape'>) =>
    state.fed(name, { dtype, shape });
  const { weights } = source;
  const { array } = source.inputs;
  if (isStreamed(array)) {
    graph.placeholder(dataNames.inputs(part), array.dtype, [-1, ...array.shape.slice(1)]);
  }
  return {
    inputs: isStreamed(array) ? null : declare(dataNames.inputs(part), array),
    targets: declare(dataNames.targets(part), source.targets.array),
    weights:
      weights && declare(dataNames.weights(part), { dtype: 'float32', shape: [weights.length] }),
  };
}

/** A tensor whose first axis is the batch, with its type and the lengths of its other axes. */
export interface BatchTensor {
  readonly node: string;
  readonly dtype: DataType;
  readonly rest: readonly number[];
}

/** The rows that a round is given the numbers of. */
export function storedRows(
  round: Round,
  { source, variables }: PartData,
  { part, batch }: { part: Part; batch: number },
): { inputs: BatchTensor; targets: BatchTensor; rows: string } {
  const rows = round.part(feeds.rows, 'int32', [batch]);
  const read = (which: 'inputs' | 'targets'): BatchTensor => {
    const variable = variables[which];
    const { dtype, array } = source[which];
    const rest = array.shape.slice(1);
    const stored = variable
      ? round.gather(variable, rows)
      : round.part(dataNames.inputs(part), array.dtype, [batch, ...rest]);
    return { node: round.cast(stored, array.dtype, dtype), dtype, rest };
  };
  return { inputs: read('inputs'), targets: read('targets'), rows };
}
