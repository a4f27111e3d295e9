import { countBytes, readArray } from '../array-file.ts';
import type {
  ArrayFile,
  BeyondTraining,
  DescribedRows,
  NdArray,
  ProblemDefinition,
  RankedRows,
} from '../contract.ts';
import { isClassification } from '../contract/task.ts';
import { featuresOf } from './see-row.ts';

interface Inputs {
  readonly training: ArrayFile;
  readonly heldOut: ArrayFile;
  /** How many of the training rows were learnt from, the first ones. */
  readonly rows: number;
}

interface Graded {
  readonly problem: Pick<ProblemDefinition, 'task'>;
  readonly ranked: RankedRows;
  readonly described: DescribedRows | null;
}

type Side = BeyondTraining['side'];

const bytesInMemory = 2 ** 26;

/** The feature and side with most held-out rows outside of what was trained on; null where rows are no features. */
export async function beyondTraining(
  { training, heldOut, rows }: Inputs,
  { problem, ranked, described }: Graded,
): Promise<BeyondTraining | null> {
  const names = featuresOf({ problem, described }, heldOut).map(({ name }) => name);
  const [, width] = heldOut.shape;
  if (names.length !== width || countBytes(training) > bytesInMemory) return null;
  const learnt = await readArray(training);
  const met = await readArray(heldOut);
  const sets = names.flatMap((name, feature) => {
    const known = columnOf(learnt, feature).subarray(0, rows);
    const [low, high] = rangeOf(known);
    const column = columnOf(met, feature);
    const outside = (side: Side) =>
      Array.from(column.keys()).filter((row) => {
        const value = column[row] ?? NaN;
        return side === 'above' ? value > high : value < low;
      });
    const shown = described?.features?.[feature]?.values ?? column;
    return (['below', 'above'] as const).map((side) => ({ name, side, shown, of: outside(side) }));
  });
  const most = sets.reduce<(typeof sets)[number] | null>(
    (best, set) => (set.of.length > (best?.of.length ?? 0) ? set : best),
    null,
  );
  if (!most) return null;
  return {
    ...{ feature: most.name, side: most.side, rows: most.of.length },
    range: rangeOf(most.of.map((row) => most.shown[row] ?? NaN)),
    ...errorsOf(ranked, new Set(most.of), isClassification(problem.task)),
  };
}

function columnOf({ data, shape }: NdArray, column: number): Float32Array {
  const [rows = 0, width = 1] = shape;
  return Float32Array.from({ length: rows }, (_, row) => data[row * width + column] ?? NaN);
}

function rangeOf(values: ArrayLike<number>): [number, number] {
  const sorted = Float64Array.from(values).sort();
  return [sorted.at(0) ?? NaN, sorted.at(-1) ?? NaN];
}

function errorsOf(
  { rows, actual, predicted }: RankedRows,
  inside: Set<number>,
  areLabels: boolean,
) {
  const errors = actual.map((value, place) => Math.abs((predicted[place] ?? NaN) - value));
  const amounts = areLabels ? errors.map((error) => Math.sign(error)) : errors;
  const isInside = (_: number, place: number) => inside.has(rows[place] ?? -1);
  const own = amounts.filter(isInside);
  const others = amounts.filter((amount, place) => !isInside(amount, place));
  const error = mean(own);
  const variance = mean(own.map((amount) => (amount - error) ** 2));
  return { error, standardError: Math.sqrt(variance / own.length), otherError: mean(others) };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
