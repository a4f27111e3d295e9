const buckets = 30;

/**
 * Rows of [left edge, right edge, count] as `tf.summary.histogram` makes them (tensorboard's
 * plugins/histogram/summary_v2.py): of equal width from the least value to the greatest, and where all
 * values are the same, everything in the last. Null where a value is not finite or there is none.
 */
export function histogramOf(values: Float32Array): Float64Array | null {
  let [least, greatest] = [Infinity, -Infinity];
  for (const value of values) {
    if (!Number.isFinite(value)) return null;
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  }
  if (values.length === 0) return null;
  const width = (greatest - least) / buckets;
  const rows = new Float64Array(buckets * 3);
  for (let row = 0; row < buckets; row++) {
    rows[row * 3] = least + row * width;
    rows[row * 3 + 1] = row === buckets - 1 ? greatest : least + (row + 1) * width;
  }
  for (const value of values) {
    const row = width === 0 ? Infinity : Math.floor((value - least) / width);
    const count = Math.min(row, buckets - 1) * 3 + 2;
    rows[count] = (rows[count] ?? 0) + 1;
  }
  return rows;
}
