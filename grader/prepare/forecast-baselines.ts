import { readArray, readBlocks } from '../array-file.ts';
import type { ArrayFile, BaselineForecast, PreparedData } from '../contract.ts';
import { productOf } from '../sizes.ts';
import { leastSquares, type NormalEquations } from './least-squares.ts';

/** A longer window has more weights than a baseline should take time for. */
const longestWindow = 200;
const mostRows = 100_000;

/**
 * What needs no model, for each held-out window: its last value again, and the linear function of its values
 * that fits the training part best, an autoregression by least squares (G. U. Yule, 1927). Empty where
 * windows are no series of single values.
 */
export async function forecastBaselines(data: PreparedData): Promise<readonly BaselineForecast[]> {
  const { training, heldOut } = data;
  const [rows = 0, order = 0, ...axes] = heldOut.inputs.shape;
  const isSeries = productOf(axes) === 1 && order > 0;
  if (!isSeries || order > longestWindow || rows > mostRows) return [];
  const windows = rowsIn((await readArray(heldOut.inputs)).data, order);
  const fitted = await fit(training.inputs, training.targets, order);
  return [
    { id: 'persistence', order: 1, predicted: windows.map((window) => window.at(-1) ?? NaN) },
    ...(fitted === null
      ? []
      : [
          {
            ...{ id: 'autoregression' as const, order },
            predicted: windows.map((window) =>
              [1, ...window].reduce((sum, value, at) => sum + value * (fitted[at] ?? NaN), 0),
            ),
          },
        ]),
  ];
}

/** The weights of a constant and of each value of a window; null where the rows do not settle them. */
async function fit(
  inputs: ArrayFile,
  targets: ArrayFile,
  order: number,
): Promise<readonly number[] | null> {
  if (productOf(inputs.shape.slice(1)) !== order) return null;
  const last = rowsIn((await readArray(targets)).data, productOf(targets.shape.slice(1))).map(
    (row) => row.at(-1) ?? NaN,
  );
  const equations: NormalEquations = leastSquares(order + 1);
  let row = 0;
  for await (const { data } of readBlocks(inputs)) {
    for (const window of rowsIn(data, order)) equations.add([1, ...window], last[row++] ?? NaN);
  }
  return equations.solve();
}

function rowsIn(values: ArrayLike<number>, size: number): number[][] {
  const all = Array.from(values);
  return Array.from({ length: all.length / size }, (_, row) =>
    all.slice(row * size, (row + 1) * size),
  );
}
