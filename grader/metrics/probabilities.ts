/**
 * Whether a classifier's outputs can be read as probabilities: each in 0 to 1, and of several columns the
 * sum 1 as far as single precision goes. Scores of another kind have an order, and no more.
 */
export function areProbabilities(outputs: readonly (readonly number[])[]): boolean {
  return outputs.every((row) => {
    const sum = row.reduce((total, value) => total + value, 0);
    const isOne = row.length === 1 || Math.abs(sum - 1) < 1e-3;
    return isOne && row.every((value) => value >= 0 && value <= 1);
  });
}
