import type { NdArray } from '../../../contract.ts';
import type { RowReader } from '../../rows/batches.ts';
import type { PartSource } from '../../train/sources.ts';
import { isStreamed } from '../../rows/stored-rows.ts';
import type { Part } from '../../train/trainer.ts';
import type { DataType } from '../program/attributes.ts';
import { feeds } from '../graph/batch-loop.ts';
import type { GraphBuilder } from '../graph/graph-builder.ts';
import type { Round } from '../graph/round.ts';
import type { GraphState, GraphVariable } from '../graph/state.ts';
import { namesOf } from '../program/program.ts';
import { present } from '../present.ts';

/** Names of the variables that the first run is given, and of inputs that each run is given. */
export const dataNames = {
  array: (part: Part, name: string) => `${part}/${name}`,
  weights: (part: Part) => `${part}/weights`,
  weight: (index: number) => `weight/${index}`,
};

export interface PartVariables {
  /** By the names of a program's inputs; null where each run is given [steps * batch, ...]. */
  readonly arrays: Readonly<Record<string, GraphVariable | null>>;
  readonly weights: GraphVariable | null;
}

/** One part's arrays and what the graph has of them. */
export interface PartData {
  readonly source: PartSource;
  readonly variables: PartVariables;
}

/** Inputs and targets by the names that a program's inputs have for them. */
export function namedReaders({
  inputs,
  targets,
}: Pick<PartSource, 'inputs' | 'targets'>): readonly (readonly [string, RowReader])[] {
  const names = [...namesOf('inputs', inputs), ...namesOf('targets', targets)];
  return [...inputs, ...targets].map(
    (reader, index) => [present(names[index], `name of input ${index}`), reader] as const,
  );
}

/** The graph holds a part's arrays, but for those that come from files. */
export function declarePart(
  { graph, state }: { graph: GraphBuilder; state: GraphState },
  part: Part,
  source: PartSource,
): PartVariables {
  const declare = (name: string, { dtype, shape }: Pick<NdArray, 'dtype' | 'shape'>) =>
    state.fed(name, { dtype, shape });
  const arrays = namedReaders(source).map(([name, { array }]) => {
    const whole = dataNames.array(part, name);
    if (!isStreamed(array)) return [name, declare(whole, array)] as const;
    graph.placeholder(whole, array.dtype, [-1, ...array.shape.slice(1)]);
    return [name, null] as const;
  });
  const { weights } = source;
  return {
    arrays: Object.fromEntries(arrays),
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

/** The rows that a round is given the numbers of, by the names of a program's inputs. */
export function partRows(
  round: Round,
  { source, variables }: PartData,
  { part, batch }: { part: Part; batch: number },
): { arrays: Readonly<Record<string, BatchTensor>>; rows: string } {
  const rows = round.part(feeds.rows, 'int32', [batch]);
  const arrays = namedReaders(source).map(([name, { array, dtype }]) => {
    const variable = variables.arrays[name];
    const rest = array.shape.slice(1);
    const stored = variable
      ? round.gather(variable, rows)
      : round.part(dataNames.array(part, name), array.dtype, [batch, ...rest]);
    return [name, { node: round.cast(stored, array.dtype, dtype), dtype, rest }] as const;
  });
  return { arrays: Object.fromEntries(arrays), rows };
}
