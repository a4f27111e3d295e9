export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The entry with the least of a number, or undefined. */
export function leastBy(entries, numberOf) {
  return entries.toSorted((a, b) => numberOf(a) - numberOf(b))[0];
}
