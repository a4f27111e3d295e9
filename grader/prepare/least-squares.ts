export interface NormalEquations {
  /** One row of the system and what it is to give. */
  add(row: readonly number[], wanted: number): void;
  /** The weights with the least squared error; null where the rows do not settle them. */
  solve(): number[] | null;
}

/** Below this share of a column's own size, what is left of it is rounding. */
const tiniest = 1e-12;

/** Least squares by the normal equations and Cholesky's decomposition, so that rows may come one by one. */
export function leastSquares(size: number): NormalEquations {
  const products = Array.from({ length: size }, () => new Float64Array(size));
  const sums = new Float64Array(size);
  return {
    add(row, wanted) {
      for (let at = 0; at < size; at++) {
        const value = row[at] ?? 0;
        sums[at] = (sums[at] ?? 0) + value * wanted;
        const line = products[at];
        if (line)
          for (let to = 0; to <= at; to++) line[to] = (line[to] ?? 0) + value * (row[to] ?? 0);
      }
    },
    solve: () => solve(products, sums),
  };
}

function solve(products: readonly Float64Array[], sums: Float64Array): number[] | null {
  const size = sums.length;
  const of = (matrix: readonly Float64Array[], row: number, column: number) =>
    matrix[row]?.[column] ?? 0;
  const lower = Array.from({ length: size }, () => new Float64Array(size));
  const set = (row: number, column: number, value: number) =>
    lower[row]?.fill(value, column, column + 1);
  const dot = (one: number, other: number, length: number) => {
    let sum = 0;
    for (let at = 0; at < length; at++) sum += of(lower, one, at) * of(lower, other, at);
    return sum;
  };
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < row; column++) {
      const rest = of(products, row, column) - dot(row, column, column);
      set(row, column, rest / of(lower, column, column));
    }
    const rest = of(products, row, row) - dot(row, row, row);
    if (!(rest > tiniest * of(products, row, row))) return null;
    set(row, row, Math.sqrt(rest));
  }
  const half: number[] = [];
  for (let row = 0; row < size; row++) {
    const known = half.reduce((sum, value, at) => sum + of(lower, row, at) * value, 0);
    half.push(((sums[row] ?? 0) - known) / of(lower, row, row));
  }
  const weights = new Array<number>(size).fill(0);
  for (let row = size - 1; row >= 0; row--) {
    const known = weights.reduce((sum, value, at) => sum + of(lower, at, row) * value, 0);
    weights[row] = ((half[row] ?? 0) - known) / of(lower, row, row);
  }
  return weights;
}
