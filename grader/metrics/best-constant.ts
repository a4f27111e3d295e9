/** The most frequent label; of equally frequent ones the smallest. */
export function mostFrequent(labels: ArrayLike<number>): number {
  const counts = new Map<number, number>();
  for (const label of ascending(labels)) counts.set(label, (counts.get(label) ?? 0) + 1);
  const [[first] = [0], ...others] = counts;
  return others.reduce<number>(
    (best, [label, count]) => (count > (counts.get(best) ?? 0) ? label : best),
    first,
  );
}

/** How frequent each label is, 0 to 1; of at least two labels, as one alone is the probability of class 1. */
export function sharesOf(labels: readonly number[]): readonly number[] {
  const count = labels.reduce((most, label) => Math.max(most, label), 1) + 1;
  return Array.from(
    { length: count },
    (_, label) => labels.filter((other) => other === label).length / labels.length,
  );
}

/** Of an even number of values the upper one of the two in the middle. */
export function median(values: ArrayLike<number>): number {
  return ascending(values)[Math.floor(values.length / 2)] ?? 0;
}

/** Summed from the smallest to the largest value, so that the order of rows does not matter. */
export function meanOfSorted(values: ArrayLike<number>): number {
  return ascending(values).reduce((sum, value) => sum + value, 0) / values.length;
}

function ascending(values: ArrayLike<number>): Float64Array {
  return Float64Array.from(values).sort();
}
