import type { DataFiles, NdArray, ProblemData, Split } from 'grader/problem';

const window = 30;
const validationStart = 2700;
const heldOutStart = 3000;

/**
 * Monthly sunspot numbers as windows of 30 months, each with the following month of every position
 * as its target. A window belongs to the part in which its last target lies.
 */
export async function prepare(files: DataFiles): Promise<ProblemData> {
  const months = parse(new TextDecoder().decode(await files.bytes('Sunspots.csv')));
  const { scaled, minimum, maximum } = scale(months.map((month) => month.value));
  const heldOut = windows(scaled, heldOutStart, scaled.length);
  return {
    training: windows(scaled, window, validationStart),
    validation: windows(scaled, validationStart, heldOutStart),
    heldOut: { inputs: heldOut.inputs, targets: lastStep(heldOut.targets) },
    decoding: {},
    notes: [
      `Scaled to (value - ${minimum}) / ${maximum - minimum}, the range of the training part.`,
      'The first held-out windows reach back before the split for their inputs, and each held-out target but the last is an input of later windows, as in forecasting month by month.',
    ],
    heldOutLabels: months.slice(heldOutStart).map((month) => month.date),
  };
}

interface Month {
  readonly date: string;
  readonly value: number;
}

function parse(csv: string): Month[] {
  const [, ...rows] = csv.trimEnd().split(/\r?\n/);
  return rows.map((row) => {
    const [, date, number] = row.split(',');
    if (date === undefined || !number) throw new Error(`expected index,date,number, got "${row}"`);
    return { date, value: Number(number) };
  });
}

function scale(values: readonly number[]) {
  const known = values.slice(0, validationStart);
  const minimum = Math.min(...known);
  const maximum = Math.max(...known);
  const scaled = values.map((value) => (value - minimum) / (maximum - minimum));
  return { scaled, minimum, maximum };
}

/** Windows whose last target is a month of [first, end). */
function windows(series: readonly number[], first: number, end: number): Split {
  const starts = Array.from({ length: end - first }, (_, index) => first + index - window);
  const stack = (offset: number): NdArray => ({
    dtype: 'float32',
    shape: [starts.length, window, 1],
    data: Float32Array.from(
      starts.flatMap((start) => series.slice(start + offset, start + offset + window)),
    ),
  });
  return { inputs: stack(0), targets: stack(1) };
}

function lastStep(targets: NdArray): NdArray {
  const rows = targets.shape[0] ?? 0;
  const last = Float32Array.from(
    { length: rows },
    (_, row) => targets.data[(row + 1) * window - 1] ?? NaN,
  );
  return { dtype: 'float32', shape: [rows, 1], data: last };
}
