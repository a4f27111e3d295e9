import { readArray, readBlocks } from '../../array-file.ts';
import type { ArrayFile, InputDecoding } from '../../contract.ts';

/** What the arrays of a part are, in figures. */
export interface PartFacts {
  readonly rows: number;
  /** Of a row as it is stored. */
  readonly shape: readonly number[];
  /** Of the inputs as a model sees them. */
  readonly low: number;
  readonly high: number;
  /** Columns of inputs of one axis that have one value in all rows. */
  readonly constants: readonly number[];
  readonly targets: {
    readonly low: number;
    readonly high: number;
    /** How many rows have each label from 0; null where targets are values. */
    readonly labels: readonly number[] | null;
  };
}

interface Part {
  readonly inputs: ArrayFile;
  readonly targets: ArrayFile;
}

/** Reads all of a part once. */
export async function partFacts(
  part: Part,
  { scale = 1 }: InputDecoding,
  classes: number,
): Promise<PartFacts> {
  const [rows = 0, ...shape] = part.inputs.shape;
  const columns = shape.length === 1 ? (shape[0] ?? 0) : 0;
  const inputs = await extremes(part.inputs, columns);
  const { data } = await readArray(part.targets);
  const labels = Array.from({ length: classes }, () => 0);
  let [low, high] = [Infinity, -Infinity];
  for (const value of data) {
    low = Math.min(low, value);
    high = Math.max(high, value);
    if (classes > 0) labels[value] = (labels[value] ?? 0) + 1;
  }
  return {
    ...{ rows, shape, low: inputs.low * scale, high: inputs.high * scale },
    constants: inputs.constants,
    targets: { low, high, labels: classes > 0 ? labels : null },
  };
}

async function extremes(file: ArrayFile, columns: number) {
  const first: number[] = [];
  const varied = new Set<number>();
  let [low, high] = [Infinity, -Infinity];
  for await (const { data } of readBlocks(file)) {
    for (const [at, value] of data.entries()) {
      if (value < low) low = value;
      if (value > high) high = value;
      if (columns === 0) continue;
      if (first.length < columns) first.push(value);
      else if (first[at % columns] !== value) varied.add(at % columns);
    }
  }
  const constants = Array.from({ length: columns }, (_, at) => at).filter((at) => !varied.has(at));
  return { low, high, constants };
}
